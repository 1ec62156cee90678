import { binomialTail } from "#core/stats/binomial.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";

/** A cell is hot at or below this q, and with at least so many events in it or with its ring (DEFINITIONS, Hot). */
export const hotLevel = 0.05;
export const fewestHot = 3;

/** The cell itself, or only with its neighbours. */
export const hotBys = ["own", "area"] as const;
export type HotBy = (typeof hotBys)[number];

export interface HotTest {
  /** Chance of at least as many in this cell under an even spread, one per cell. */
  readonly ownP: Float64Array;
  /** The same of the cell and its neighbours together. */
  readonly areaP: Float64Array;
  /** Twice the smaller of the two, 1 at most. */
  readonly p: Float64Array;
  /** Benjamini-Hochberg over `p`. */
  readonly q: Float64Array;
  readonly hot: Uint8Array;
  /** Which of the two made it hot; null where it is not. */
  readonly by: readonly (HotBy | null)[];
}

/**
 * Which cells hold, alone or with their neighbours, more than an even spread of all events would give.
 * `shares`: each cell's part of an exposure, 1 in all; equal parts unless given. Counts are whole and not negative.
 */
export function hotTest(
  counts: ArrayLike<number>,
  neighbours: Neighbours,
  shares?: ArrayLike<number>,
): HotTest {
  const cells = counts.length;
  const near = withNeighbours(counts, neighbours);
  let events = 0;
  for (let cell = 0; cell < cells; cell += 1) events += counts[cell] as number;
  const { ownTail, areaTail } = shares
    ? givenTails(events, shares, neighbours)
    : evenTails(events, neighbours);
  const ownP = new Float64Array(cells);
  const areaP = new Float64Array(cells);
  const p = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const own = ownTail(cell, counts[cell] as number);
    const area = areaTail(cell, near[cell] as number);
    ownP[cell] = own;
    areaP[cell] = area;
    p[cell] = Math.min(1, 2 * Math.min(own, area));
  }
  const q = new Float64Array(benjaminiHochberg(p) as number[]);
  const hot = new Uint8Array(cells);
  const by = new Array<HotBy | null>(cells).fill(null);
  for (let cell = 0; cell < cells; cell += 1) {
    if ((q[cell] as number) > hotLevel || (near[cell] as number) < fewestHot) continue;
    hot[cell] = 1;
    by[cell] = (ownP[cell] as number) <= (areaP[cell] as number) ? "own" : "area";
  }
  return { ownP, areaP, p, q, hot, by };
}

function withNeighbours(values: ArrayLike<number>, neighbours: Neighbours): Float64Array {
  const sums = neighbourSums(values, neighbours);
  for (let cell = 0; cell < sums.length; cell += 1) {
    sums[cell] = (sums[cell] as number) + (values[cell] as number);
  }
  return sums;
}

interface Tails {
  readonly ownTail: (cell: number, count: number) => number;
  readonly areaTail: (cell: number, count: number) => number;
}

/** Every share is a number of cells, and cells have few distinct counts: each tail is worked out once. */
function evenTails(events: number, neighbours: Neighbours): Tails {
  const cells = neighbours.offsets.length - 1;
  const known: Map<number, number>[] = [];
  const tailOf = (size: number, count: number): number => {
    known[size] ??= new Map();
    const ofSize = known[size];
    let tail = ofSize.get(count);
    if (tail === undefined) {
      tail = binomialTail(events, size / cells, count);
      ofSize.set(count, tail);
    }
    return tail;
  };
  return {
    ownTail: (_, count) => tailOf(1, count),
    areaTail: (cell, count) => tailOf(degreeOf(neighbours, cell) + 1, count),
  };
}

function givenTails(events: number, shares: ArrayLike<number>, neighbours: Neighbours): Tails {
  const nearShares = withNeighbours(shares, neighbours);
  return {
    ownTail: (cell, count) => binomialTail(events, shares[cell] as number, count),
    areaTail: (cell, count) => binomialTail(events, nearShares[cell] as number, count),
  };
}
