import { type DateOrder, dateOrderOf } from "#core/import/clock.ts";
import type { ColumnRole } from "#core/import/columns.ts";
import type { Reading } from "#core/import/detect.ts";
import type { TableRow } from "#core/import/row-reader.ts";

const dateRoles: readonly ColumnRole[] = ["date", "start", "end"];

/** What the date columns have said so far about the order of day and month. */
export interface DateOrderFinder {
  readonly look: (row: TableRow) => void;
  /** The order that more cells demand; null while none does, or as many demand each. */
  readonly found: () => DateOrder | null;
  /** The first cell that both orders read, and read differently. */
  readonly ambiguous: () => DateCell | null;
}

export interface DateCell {
  readonly line: number;
  readonly role: ColumnRole;
  readonly value: string;
}

export function createDateOrderFinder(reading: Reading): DateOrderFinder {
  const columns = dateRoles.flatMap((role) => {
    const at = reading.columns.get(role);
    return at === undefined ? [] : [{ role, at }];
  });
  const demands = { "day-first": 0, "month-first": 0 };
  let ambiguous: DateCell | null = null;
  return {
    look: (row) => {
      for (const { role, at } of columns) {
        const value = row.cells[at]?.trim() ?? "";
        const order = dateOrderOf(value);
        if (order === "either") ambiguous ??= { line: row.line, role, value };
        else if (order !== null) demands[order] += 1;
      }
    },
    found: () => {
      const difference = demands["day-first"] - demands["month-first"];
      if (difference === 0) return null;
      return difference > 0 ? "day-first" : "month-first";
    },
    ambiguous: () => ambiguous,
  };
}
