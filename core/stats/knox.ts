import { createRandom } from "#core/random.ts";
import { createPointGrid } from "#core/stats/point-grid.ts";

export interface KnoxPoints {
  /** Plane coordinates, in metres. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Whole days, or any number on one scale. */
  readonly day: ArrayLike<number>;
}

export interface KnoxOptions {
  /** Edges of the distance bins, ascending; half-open at the upper edge. */
  readonly space: readonly number[];
  /** Time bin edges, in days between. */
  readonly time: readonly number[];
  readonly permutations: number;
  readonly seed: number;
}

/** One row a distance bin, one column a time bin. */
export interface Knox {
  readonly observed: readonly (readonly number[])[];
  /** Under independence of distance and time: product of the margins over all pairs. */
  readonly expected: readonly (readonly number[])[];
  /** Null where none is expected. */
  readonly ratio: readonly (readonly (number | null)[])[];
  /** (permutations with at least as many pairs + 1) / (permutations + 1); null without any. */
  readonly p: readonly (readonly (number | null)[])[];
}

/** Limits: stored pairs (about 90 MB), and pairs over all permutations (a few minutes). */
const mostNear = 10_000_000;
const mostCounted = 20_000_000_000;

/**
 * Knox table of near repeats (Knox 1964; Monte Carlo as in Johnson et al. 2007): pairs of events by
 * distance and days between. The days are permuted over the events, not over the pairs.
 * A RangeError, with what to do, for more pairs than fit into memory or a few minutes.
 */
export function knox(points: KnoxPoints, options: KnoxOptions): Knox {
  const { space, time, permutations, seed } = options;
  const rows = space.length - 1;
  const columns = time.length - 1;
  const close = closePairs(points, space);
  if (close.bin.length * permutations > mostCounted) {
    const most = Math.floor(mostCounted / close.bin.length);
    throw new RangeError(
      `permutations: at most ${most} for the ${close.bin.length} pairs within the last distance, not ${permutations}`,
    );
  }
  const day = Float64Array.from({ length: points.day.length }, (_, at) => points.day[at] as number);
  const count = createPairCounter(close, columns, time);

  const observed = new Uint32Array(rows * columns);
  count(day, observed);
  const simulated = new Uint32Array(rows * columns);
  const atLeast = new Uint32Array(rows * columns);
  const random = createRandom(seed);
  const shuffled = [...day];
  const shuffledDays = new Float64Array(day.length);
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    shuffledDays.set(random.shuffle(shuffled));
    count(shuffledDays, simulated);
    for (let at = 0; at < atLeast.length; at += 1) {
      if ((simulated[at] as number) >= (observed[at] as number)) {
        atLeast[at] = (atLeast[at] as number) + 1;
      }
    }
  }

  const margins = { space: marginOf(close.bin, rows), time: timeMargin(day, time) };
  const pairs = (day.length * (day.length - 1)) / 2;
  const table = <Value>(value: (at: number, row: number, column: number) => Value): Value[][] =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => value(row * columns + column, row, column)),
    );
  const expectedAt = (row: number, column: number) =>
    pairs === 0 ? 0 : ((margins.space[row] as number) * (margins.time[column] as number)) / pairs;
  return {
    observed: table((at) => observed[at] as number),
    expected: table((_, row, column) => expectedAt(row, column)),
    ratio: table((at, row, column) => {
      const expected = expectedAt(row, column);
      return expected > 0 ? (observed[at] as number) / expected : null;
    }),
    p: table((at) =>
      permutations === 0 ? null : ((atLeast[at] as number) + 1) / (permutations + 1),
    ),
  };
}

/** Counts close pairs by distance and days between: the whole work of a permutation. */
function createPairCounter(
  { first, second, bin }: ClosePairs,
  columns: number,
  time: readonly number[],
): (days: Float64Array, table: Uint32Array) => void {
  const binOf = createBins(time);
  return (days, table) => {
    table.fill(0);
    for (let pair = 0; pair < bin.length; pair += 1) {
      const [one, other] = [first[pair] as number, second[pair] as number];
      const column = binOf(Math.abs((days[one] as number) - (days[other] as number)));
      if (column < 0) continue;
      const at = (bin[pair] as number) * columns + column;
      table[at] = (table[at] as number) + 1;
    }
  };
}

interface ClosePairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly bin: Uint8Array;
}

/** Pairs within any distance bin: all that a permutation needs. */
function closePairs({ x, y }: KnoxPoints, space: readonly number[]): ClosePairs {
  const reach = space.at(-1) as number;
  const binOf = createBins(space);
  const grid = createPointGrid(x, y, reach);
  const eachNear = (see: (point: number, other: number, squared: number) => void) => {
    for (let point = 0; point < x.length; point += 1) {
      grid.near(x[point] as number, y[point] as number, (other, squared) => {
        if (other > point) see(point, other, squared);
      });
    }
  };
  let near = 0;
  eachNear(() => {
    near += 1;
    if (near > mostNear)
      throw new RangeError(
        `points: too many lie within ${reach} of each other, at most ${mostNear} pairs can be compared; give fewer points or a shorter last distance`,
      );
  });
  const [first, second] = [new Uint32Array(near), new Uint32Array(near)];
  const bin = new Uint8Array(near);
  let count = 0;
  eachNear((point, other, squared) => {
    const row = binOf(Math.sqrt(squared));
    if (row < 0) return;
    first[count] = point;
    second[count] = other;
    bin[count] = row;
    count += 1;
  });
  return {
    first: first.subarray(0, count),
    second: second.subarray(0, count),
    bin: bin.subarray(0, count),
  };
}

/** The half-open bin of a value; -1 outside all of them. */
function createBins(edges: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(edges);
  return (value) => {
    if (value < (sorted[0] as number)) return -1;
    for (let edge = 1; edge < sorted.length; edge += 1) {
      if (value < (sorted[edge] as number)) return edge - 1;
    }
    return -1;
  };
}

function marginOf(bins: Uint8Array, count: number): Float64Array {
  const margin = new Float64Array(count);
  for (const bin of bins) margin[bin] = (margin[bin] as number) + 1;
  return margin;
}

/** All pairs, near or far, by days between. */
function timeMargin(day: Float64Array, time: readonly number[]): number[] {
  const sorted = day.slice().sort();
  const below = time.map((edge) => pairsCloserThan(sorted, edge));
  return below.slice(1).map((pairs, bin) => pairs - (below[bin] as number));
}

/** Sorted values: how many pairs differ by less than `limit`. */
function pairsCloserThan(sorted: Float64Array, limit: number): number {
  let pairs = 0;
  let first = 0;
  for (let last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) >= limit && first < last)
      first += 1;
    if ((sorted[last] as number) - (sorted[first] as number) < limit) pairs += last - first;
  }
  return pairs;
}
