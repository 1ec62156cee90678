import { Banner } from "#client/ui/Banner.tsx";
import { mixedWords } from "#core/records/date-order.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";

interface OpenDateProps {
  readonly preview: Pick<ImportPreview, "openDate" | "mixed">;
  readonly isWhole: boolean;
  readonly unit: RowUnit;
}

/** Dates of the file read both ways, and nothing so far says which, or it says both. */
export function OpenDate({ preview: { openDate, mixed }, isWhole, unit }: OpenDateProps) {
  if (openDate === null) return null;
  const where = `“${openDate.value}” on ${rowUnitWords[unit].toLowerCase()} ${openDate.line}`;
  return (
    <Banner kind="warning">
      {mixed
        ? `${mixedWords(mixed)}, so nobody can tell what ${where} is. Export the dates in one way, or choose an order under “Order of dates”: rows of the other order are then refused, and dates that both read are taken in yours.`
        : `The order of day and month is open: ${where} can be read day first or month first${isWhole ? wholeFile : beginning}`}
    </Banner>
  );
}

const wholeFile = ", and no date of the file settles it. Choose it under “Order of dates”.";
const beginning =
  ". If no date further down settles it, the file is refused: choose it under “Order of dates”.";
