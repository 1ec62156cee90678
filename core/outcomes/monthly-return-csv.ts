import { demoSuffix } from "#core/demo-words.ts";
import { type MonthlyReturnReply, returnSections } from "#core/outcomes/wire/monthly-return.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import { formatMonth } from "#core/time/words.ts";

const heads = ["section", "figure", "from", "to", "count", "unit", "says", "definition"] as const;

/** The return as it is shared, a line each; `count` is blank where withheld, and `says` has the reason. */
export function monthlyReturnCsv(reply: MonthlyReturnReply, mark: string | null): string {
  if (reply.isExact) throw new RangeError("Exact figures cannot be downloaded");
  const { month, from, to, incomplete } = reply;
  const notes = [
    ...(mark === null ? [] : [mark]),
    `Monthly return, ${formatMonth(month)}`,
    ...(incomplete === null ? [] : [incomplete]),
    ...reply.notes,
  ];
  const rows = reply.lines.map(({ section, label, count, unit, words, definition }) => [
    returnSections[section],
    label,
    from,
    to,
    count === null ? "" : String(count),
    unit,
    words,
    definition,
  ]);
  const lines = [...notes.map((note) => [note]), [...heads], ...rows];
  return `${lines.map((cells) => csvRow(cells.map(defuse))).join("\r\n")}\r\n`;
}

/** "monthly-return-2021-10.csv"; its demonstration says so. */
export function monthlyReturnFileName(month: string, mark: string | null): string {
  return `monthly-return-${month}${demoSuffix(mark)}.csv`;
}
