import type { Reading } from "#core/records/detect.ts";
import { type DateOrder, dateOrderOf } from "#core/table/clock.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

const dateRoles: readonly ColumnRole[] = ["date", "start", "end"];

export type DateOrderFinder = ReturnType<typeof createDateOrderFinder>;

export interface DateCell {
  readonly line: number;
  readonly role: ColumnRole;
  readonly value: string;
}

export interface MixedOrders {
  readonly dayFirst: number;
  readonly monthFirst: number;
  /** Cells valid in both orders, with different dates. */
  readonly open: number;
}

/** A rare slip is none: a system that writes two ways does so often. */
const leastMixedShare = 0.02;
const fewestMixed = 2;

export function createDateOrderFinder(reading: Reading) {
  const columns = dateRoles.flatMap((role) => {
    const at = reading.columns.get(role);
    return at === undefined ? [] : [{ role, at }];
  });
  const demands = { "day-first": 0, "month-first": 0 };
  let ambiguous = null as DateCell | null;
  let open = 0;
  return {
    look: (row: TableRow) => {
      for (const { role, at } of columns) {
        const value = row.cells[at]?.trim() ?? "";
        const order = dateOrderOf(value);
        if (order === "either") {
          open += 1;
          ambiguous ??= { line: row.line, role, value };
        }
        if (order === "day-first" || order === "month-first") demands[order] += 1;
      }
    },
    /** The order that more cells require; null for none or a tie. */
    found: (): DateOrder | null => {
      const difference = demands["day-first"] - demands["month-first"];
      if (difference === 0) return null;
      return difference > 0 ? "day-first" : "month-first";
    },
    /** The first cell valid in both orders, with different dates. */
    ambiguous: () => ambiguous,
    /** Cells that require the minority order: slips, or half of a mixed column. */
    against: () => Math.min(demands["day-first"], demands["month-first"]),
    /** Where the column mixes both orders, so that the other rows are ambiguous. */
    mixed: (): MixedOrders | null => {
      const { "day-first": dayFirst, "month-first": monthFirst } = demands;
      const least = Math.min(dayFirst, monthFirst);
      const isMixed = least >= fewestMixed && least >= leastMixedShare * (dayFirst + monthFirst);
      return isMixed && open > 0 ? { dayFirst, monthFirst, open } : null;
    },
  };
}

/** "6 dates of the file can only be day first and 4 only month first" */
export function mixedWords({ dayFirst, monthFirst }: MixedOrders): string {
  return `${formatQuantity(dayFirst, "date")} of the file can only be day first and ${formatCount(monthFirst)} only month first`;
}
