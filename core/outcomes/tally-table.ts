import { type WrittenTally, writtenTally } from "#core/outcomes/wire/tallies.ts";
import { failure, type Result, success } from "#core/result.ts";
import { createRowReader } from "#core/table/row-reader.ts";

export const tallyHeadings = [
  "measure",
  "breakdown",
  "part",
  "from",
  "to",
  "value",
  "taken_from",
] as const;

export interface TallyRowFault {
  /** The line of the file, from 1. */
  readonly row: number;
  readonly field: string;
  readonly reason: string;
}

export interface ReadTallyTable {
  readonly totals: readonly WrittenTally[];
  readonly rows: readonly number[];
  readonly faults: readonly TallyRowFault[];
}

const mostRows = 500;

/** From a comma-separated table; refuses any other column, as a total has no person behind it. */
export function readTallyTable(text: string): Result<ReadTallyTable> {
  const reader = createRowReader(",");
  const [head, ...lines] = [...reader.push(text.replace(/^\uFEFF/, "")), ...reader.finish()];
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (names.join() !== tallyHeadings.join()) {
    return failure(
      `The first row must be ${tallyHeadings.join(",")}; it is "${names.join(",").slice(0, 80)}".`,
    );
  }
  if (lines.length > mostRows) {
    return failure(`There are ${lines.length} rows. Import at most ${mostRows} at a time.`);
  }
  const totals: WrittenTally[] = [];
  const rows: number[] = [];
  const faults: TallyRowFault[] = [];
  for (const { cells, line: row } of lines) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (cells.length !== tallyHeadings.length) {
      const reason = `It has ${cells.length} cells; there are ${tallyHeadings.length} columns.`;
      faults.push({ row, field: "", reason });
      continue;
    }
    const parsed = writtenTally.safeParse(namedOf(cells));
    if (parsed.success) {
      totals.push(parsed.data);
      rows.push(row);
    } else {
      faults.push(
        ...firstOfEach(parsed.error.issues).map(({ path, message }) => ({
          row,
          field: String(path[0] ?? ""),
          reason: `not understood: ${message}.`,
        })),
      );
    }
  }
  return success({ totals, rows, faults });
}

/** The first fault of each cell: the others follow from it. */
function firstOfEach<Issue extends { readonly path: readonly PropertyKey[] }>(
  issues: readonly Issue[],
): readonly Issue[] {
  return issues.filter(
    (issue, at) => issues.findIndex(({ path }) => path[0] === issue.path[0]) === at,
  );
}

function namedOf(cells: readonly string[]) {
  const [measure, breakdown, part, from, to, value, takenFrom] = cells.map((cell) => cell.trim());
  return {
    measure,
    breakdown: breakdown || null,
    part: part || null,
    from,
    to,
    value: value ?? "",
    takenFrom: takenFrom || null,
  };
}
