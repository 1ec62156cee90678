import type { RowIndex } from "#core/hotspots/row-index.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

/** What a filter leaves of kinds, sources and hours; its dates may change from one move to the next. */
export interface RowFilter {
  /** 1 for each class of rows that counts. */
  readonly flags: Uint8Array;
  /** Null: every hour. */
  readonly hours: Uint8Array | null;
}

/** Sums over all rows before each of some steps: any window between steps is one subtraction. */
export interface RunningSums {
  readonly stepRows: number;
  /** `counts[step * (cells + 1) + cell]`; the last cell is all that lies outside. */
  readonly counts: Int32Array;
  /** The same for the shares inside the hours; null where the filter names none. */
  readonly weights: Float64Array | null;
  /** `clock[step * 168 + hour]` */
  readonly clock: Float64Array;
  /** Of the counted rows inside the study set those that police discovered. */
  readonly discovered: Int32Array;
}

/** Adds rows one by one to what is being summed. */
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
 * The sums for this filter from the second move on: a filter that is asked about once does not pay for
 * them, and a brush that is pulled pays once.
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

/** The sums of a step, which begin as those of the one before. */
function carried<Sums extends Int32Array | Float64Array>(
  sums: Sums,
  step: number,
  width: number,
): Sums {
  sums.copyWithin(step * width, (step - 1) * width, step * width);
  return sums.subarray(step * width, (step + 1) * width) as Sums;
}

/** Adds what came between two steps. */
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
