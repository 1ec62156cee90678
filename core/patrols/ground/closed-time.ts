import type { H3Cell } from "#core/geo/cell.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";

export interface Interval {
  readonly from: number;
  readonly to: number;
}

export interface ClosedTime {
  /** Merged and ascending. */
  readonly of: (cell: H3Cell) => readonly Interval[];
  /** True when the cell is open during the whole of [start, end); touching end points are allowed. */
  readonly isClear: (cell: H3Cell, start: number, end: number) => boolean;
  readonly cells: readonly H3Cell[];
}

export function createClosedTime(stretches: readonly ClosedStretch[]): ClosedTime {
  const intervals = new Map<H3Cell, Interval[]>();
  for (const { from, to, cells } of stretches) {
    for (const cell of cells) {
      const list = intervals.get(cell);
      if (list) list.push({ from, to });
      else intervals.set(cell, [{ from, to }]);
    }
  }
  for (const [cell, list] of intervals) intervals.set(cell, merged(list));
  const none: readonly Interval[] = [];
  const of = (cell: H3Cell) => intervals.get(cell) ?? none;
  return {
    of,
    isClear: (cell, start, end) => !of(cell).some(({ from, to }) => from < end && start < to),
    cells: [...intervals.keys()],
  };
}

/** Ascending; those that touch are one. */
export function merged(list: readonly Interval[]): Interval[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of [...list].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}
