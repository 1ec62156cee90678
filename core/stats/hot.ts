import { binomialTail } from "#core/stats/binomial.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { degreeOf, type Neighbours, neighbourSum, neighbourSums } from "#core/stats/neighbours.ts";

/** Hot: q at most this, and enough events in the cell or with its ring (DEFINITIONS, Hot). */
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
  /** 1 where a cell passes only through the excess of a hot neighbour. */
  readonly beside: Uint8Array;
  /** The smaller of the two tails; null where not hot. */
  readonly by: readonly (HotBy | null)[];
}

/**
 * Cells with more events, alone or with their neighbours, than an even spread would give, given
 * those marked before them. `shares`: each cell's share of an exposure, summing to 1; equal by
 * default. Counts are whole and not negative.
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
  const tails = shares ? givenTails(events, shares, neighbours) : evenTails(events, neighbours);
  const ownP = new Float64Array(cells);
  const areaP = new Float64Array(cells);
  const p = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const own = tails.ownTail(cell, counts[cell] as number);
    const area = tails.areaTail(cell, near[cell] as number);
    ownP[cell] = own;
    areaP[cell] = area;
    p[cell] = Math.min(1, 2 * Math.min(own, area));
  }
  const q = new Float64Array(benjaminiHochberg(p) as number[]);
  const expected = (cell: number) => events * (shares ? (shares[cell] as number) : 1 / cells);
  return {
    ownP,
    areaP,
    p,
    q,
    ...select({ counts, near, neighbours, ownP, p, q, expected, tails }),
  };
}

interface Tested extends Pick<HotTest, "ownP" | "p" | "q"> {
  readonly counts: ArrayLike<number>;
  /** Including the neighbours. */
  readonly near: Float64Array;
  readonly neighbours: Neighbours;
  readonly expected: (cell: number) => number;
  readonly tails: Tails;
}

/**
 * Forward selection: cells at `hotLevel` or below are taken by rising p, and each is retested with
 * the excess of those taken before it removed from its neighbours' count (rounded down), at the
 * largest p that the adjustment passes. Ties in p go by falling excess; ties in both are taken
 * together, so that cell order never decides.
 */
function select({ counts, near, neighbours, ownP, p, q, expected, tails }: Tested) {
  const cells = counts.length;
  const hot = new Uint8Array(cells);
  const beside = new Uint8Array(cells);
  const by = new Array<HotBy | null>(cells).fill(null);
  const passing: number[] = [];
  let largestP = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    if ((q[cell] as number) > hotLevel) continue;
    largestP = Math.max(largestP, p[cell] as number);
    if ((near[cell] as number) >= fewestHot) passing.push(cell);
  }
  const excess = (cell: number) => (counts[cell] as number) - expected(cell);
  const order = (a: number, b: number) =>
    (p[a] as number) - (p[b] as number) || excess(b) - excess(a);
  passing.sort(order);
  const taken = new Float64Array(cells);
  const test = (cell: number) => {
    const given = Math.floor((near[cell] as number) - neighbourSum(taken, neighbours, cell) + 1e-9);
    const own = ownP[cell] as number;
    const area = tails.areaTail(cell, given);
    if (given < fewestHot || 2 * Math.min(own, area) > largestP) beside[cell] = 1;
    else {
      hot[cell] = 1;
      by[cell] = own <= area ? "own" : "area";
    }
  };
  for (let from = 0, to = 0; from < passing.length; from = to) {
    const first = passing[from] as number;
    for (; to < passing.length && order(first, passing[to] as number) === 0; to += 1) {
      test(passing[to] as number);
    }
    for (const cell of passing.slice(from, to)) {
      if (hot[cell] === 1) taken[cell] = Math.max(0, excess(cell));
    }
  }
  return { hot, beside, by };
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

/** Shares are whole cells and counts few, so each distinct tail is computed once. */
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
