import type { RowIndex } from "#core/hotspots/row-index.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface RowFilter {
  /** 1 for each class of rows that counts. */
  readonly flags: Uint8Array;
  /** Null: every hour. */
  readonly hours: Uint8Array | null;
}

/** Prefix sums at steps of rows: any window between steps is one subtraction. */
export interface RunningSums {
  readonly stepRows: number;
  /** `counts[step * (cells + 1) + cell]`; the last cell is everything outside. */
  readonly counts: Int32Array;
  /** The same for the shares inside the hours; null where the filter names none. */
  readonly weights: Float64Array | null;
  /** `clock[step * 168 + hour]` */
  readonly clock: Float64Array;
  /** Counted rows inside the study set that police discovered. */
  readonly discovered: Int32Array;
}

export type AddRows = (
  from: number,
  to: number,
  into: {
    readonly counts: Int32Array;
    readonly weights: Float64Array | null;
    readonly clock: Float64Array;
  },
) => { readonly discovered: number };

interface Kept extends RowFilter {
  moves: number;
  sums: RunningSums | null;
}

const kept = new WeakMap<RowIndex, Kept>();

/**
 * Running sums for this filter, from its second move on: a filter queried once does not pay for
 * them, and a dragged brush pays once.
 */
export function runningSums(index: RowIndex, filter: RowFilter, add: AddRows): RunningSums | null {
  if (index.stepRows === 0) return null;
  const held = kept.get(index);
  if (!held || !isSame(held.flags, filter.flags) || !isSame(held.hours, filter.hours)) {
    const { flags, hours } = filter;
    kept.set(index, { flags, hours: hours?.slice() ?? null, moves: 1, sums: null });
    return null;
  }
  held.sums ??= sumUp(index, filter, add);
  return held.sums;
}

function sumUp(index: RowIndex, { hours }: RowFilter, add: AddRows): RunningSums {
  const rows = index.cellOfRow.length;
  const places = index.counting.length;
  const { stepRows } = index;
  const last = Math.floor(rows / stepRows);
  const counts = new Int32Array((last + 1) * places);
  const weights = hours === null ? null : new Float64Array((last + 1) * places);
  const clock = new Float64Array((last + 1) * hoursPerWeek);
  const discovered = new Int32Array(last + 1);
  for (let step = 1; step <= last; step += 1) {
    const into = {
      counts: carried(counts, step, places),
      weights: weights && carried(weights, step, places),
      clock: carried(clock, step, hoursPerWeek),
    };
    const added = add((step - 1) * stepRows, step * stepRows, into);
    discovered[step] = (discovered[step - 1] as number) + added.discovered;
  }
  return { stepRows, counts, weights, clock, discovered };
}

function carried<Sums extends Int32Array | Float64Array>(
  sums: Sums,
  step: number,
  width: number,
): Sums {
  sums.copyWithin(step * width, (step - 1) * width, step * width);
  return sums.subarray(step * width, (step + 1) * width) as Sums;
}

export function addBetween(
  sums: Int32Array | Float64Array,
  [from, to]: readonly [number, number],
  target: Int32Array | Float64Array,
  width: number,
): void {
  const [low, high] = [from * width, to * width];
  for (let at = 0; at < target.length; at += 1) {
    const between = (sums[high + at] as number) - (sums[low + at] as number);
    target[at] = (target[at] as number) + between;
  }
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
