/** Where the best-ranked part of an area ends: units above `limit` are inside, those at it by this part of each. */
export interface PartEdge {
  readonly limit: number;
  /** From 0 to 1: ties fall in equally, which is the mean over all their orders. */
  readonly part: number;
}

/** How much of a unit of this rate is inside: 1, 0, or between where it is tied at the edge. */
export function insideOf({ limit, part }: PartEdge, rate: number): number {
  return rate > limit ? 1 : rate === limit ? part : 0;
}

/**
 * The edges of the units of the highest rate that fill so much room each (units, or metres where `sizes` are lengths; more
 * than 0, no more than there is, the largest first). By halves, as Hoare's FIND (1961): nothing within a part is put in order,
 * and a smaller part is looked for in the larger one.
 */
export function partEdges(
  rates: Float64Array,
  sizes: Float64Array | null,
  rooms: readonly number[],
): readonly PartEdge[] {
  const ranked = { rates: rates.slice(), sizes: sizes?.slice() ?? null };
  let last = rates.length;
  return rooms.map((room) => {
    const { end, ...edge } = edgeWithin(ranked, last, room);
    last = end;
    return edge;
  });
}

/** Rates in any order, each with its size. */
interface Ranked {
  readonly rates: Float64Array;
  readonly sizes: Float64Array | null;
}

/** `end`: behind the units that are inside in whole or in part. */
function edgeWithin(ranked: Ranked, until: number, room: number): PartEdge & { end: number } {
  let [first, last, left] = [0, until, room];
  for (;;) {
    const pivot =
      last - first > mostForMiddle && !ranked.sizes
        ? guessOf(ranked.rates, first, last, left)
        : middleOf(ranked.rates, first, last);
    const { high, low, above, equal } = parted(ranked, first, last, pivot);
    if (left <= above && high > first) last = high;
    else if (left <= above + equal || low === last) {
      return { limit: pivot, part: Math.min(1, Math.max(0, (left - above) / equal)), end: low };
    } else {
      left -= above + equal;
      first = low;
    }
  }
}

/** Puts those above the pivot before `high`, those at it before `low`, the others behind; tells the sizes of both. */
function parted({ rates, sizes }: Ranked, first: number, last: number, pivot: number) {
  let [high, at, low] = [first, first, last];
  let [above, equal] = [0, 0];
  while (at < low) {
    const rate = rates[at] as number;
    if (rate < pivot) {
      low -= 1;
      swap(rates, at, low);
      if (sizes) swap(sizes, at, low);
      continue;
    }
    const size = sizes ? (sizes[at] as number) : 1;
    if (rate > pivot) {
      above += size;
      swap(rates, at, high);
      if (sizes) swap(sizes, at, high);
      high += 1;
    } else equal += size;
    at += 1;
  }
  return { high, low, above, equal };
}

/** Larger ones are parted near the edge at once, by a look at some. */
const mostForMiddle = 512;
const looks = 64;

/** A rate a little below the edge of so many units, so that most of what is looked for lies above it. */
function guessOf(rates: Float64Array, first: number, last: number, room: number): number {
  const step = (last - first) / looks;
  const some = Float64Array.from(
    { length: looks },
    (_, at) => rates[first + Math.floor(at * step)] as number,
  );
  some.sort();
  const above = Math.ceil((looks * room) / (last - first)) + 2;
  return some[Math.max(0, looks - 1 - above)] as number;
}

/** The median of three, so that what is in order already takes no longer. */
function middleOf(rates: Float64Array, first: number, last: number): number {
  const one = rates[first] as number;
  const two = rates[(first + last) >> 1] as number;
  const three = rates[last - 1] as number;
  return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] as number;
  values[one] = values[other] as number;
  values[other] = kept;
}
