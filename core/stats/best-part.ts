/** Edge of an area's best-ranked part: units above `limit` are inside, ties with this fraction. */
export interface PartEdge {
  readonly limit: number;
  /** 0 to 1: ties are shared equally, the mean over all their orders. */
  readonly part: number;
}

/** Fraction of a unit of this rate that is inside: 1, 0, or between at the edge. */
export function insideOf({ limit, part }: PartEdge, rate: number): number {
  return rate > limit ? 1 : rate === limit ? part : 0;
}

/**
 * Boundaries of the highest-rate units that fill each given size (units, or metres where `sizes`
 * are lengths; more than 0, at most the total, largest first). Quickselect (Hoare's FIND, 1961):
 * nothing within a part is sorted, and a smaller part is searched within the larger one.
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

interface Ranked {
  readonly rates: Float64Array;
  readonly sizes: Float64Array | null;
}

/** `end`: after the units wholly or partly inside. */
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

/** Three-way partition: above the pivot before `high`, equal before `low`; returns both sizes. */
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

/** Larger ranges are partitioned near the edge, by a sample. */
const mostForMiddle = 512;
const looks = 64;

/** A rate just below that edge, so that most of the target lies above it. */
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

/** Median of three, so that sorted input is not slow. */
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
