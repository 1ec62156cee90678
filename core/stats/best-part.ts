/** Edge of an area's best-ranked part: cells above `limit` are inside, ties with this fraction. */
export interface PartEdge {
  readonly limit: number;
  /** 0 to 1: ties are shared equally, the mean over all their orders. */
  readonly part: number;
}

/** Fraction of a cell of this rate that is inside: 1, 0, or between at the edge. */
export function insideOf({ limit, part }: PartEdge, rate: number): number {
  return rate > limit ? 1 : rate === limit ? part : 0;
}

/**
 * Boundaries of the so many cells of highest rate (more than 0, at most all, most first). Quickselect
 * (Hoare's FIND, 1961): nothing within a part is sorted, and a smaller part is searched within the
 * larger one.
 */
export function partEdges(rates: Float64Array, rooms: readonly number[]): readonly PartEdge[] {
  const ranked = rates.slice();
  let last = rates.length;
  return rooms.map((room) => {
    const { end, ...edge } = edgeWithin(ranked, last, room);
    last = end;
    return edge;
  });
}

/** `end`: after the cells wholly or partly inside. */
function edgeWithin(rates: Float64Array, until: number, room: number): PartEdge & { end: number } {
  let [first, last, left] = [0, until, room];
  for (;;) {
    const pivot =
      last - first > mostForMiddle
        ? guessOf(rates, first, last, left)
        : middleOf(rates, first, last);
    const { high, low } = parted(rates, first, last, pivot);
    const [above, equal] = [high - first, low - high];
    if (left <= above) last = high;
    else if (left <= above + equal) {
      return { limit: pivot, part: (left - above) / equal, end: low };
    } else {
      left -= above + equal;
      first = low;
    }
  }
}

/** Three-way partition: above the pivot before `high`, equal before `low`. */
function parted(rates: Float64Array, first: number, last: number, pivot: number) {
  let [high, at, low] = [first, first, last];
  while (at < low) {
    const rate = rates[at] as number;
    if (rate < pivot) {
      low -= 1;
      swap(rates, at, low);
      continue;
    }
    if (rate > pivot) {
      swap(rates, at, high);
      high += 1;
    }
    at += 1;
  }
  return { high, low };
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
