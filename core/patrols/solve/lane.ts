import { groupBy } from "#core/group-by.ts";
import { createFollow, type Follow, type PlanOption } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";

/** What the units of a crew choose from. */
export interface LaneOptions {
  readonly crew: Crew;
  /** By start. */
  readonly options: readonly number[];
  readonly starts: Float64Array;
  /** Whether one unit can go from one to the other, by places in `options`. */
  readonly mayFollow: (before: number, next: number) => boolean;
  /** Places by end; a place's rank is its index here. */
  readonly byEnd: Int32Array;
  readonly rank: Int32Array;
  /** By place: how many ended before its start, and how many so early that no way is too long. */
  readonly ended: Int32Array;
  readonly certain: Int32Array;
  /** By place: those in between that it may follow, as ascending ranks. */
  readonly near: readonly Int32Array[];
  /** Starts in [from, to), as first and last place. */
  readonly between: (from: number, to: number) => readonly [first: number, end: number];
  readonly scratch: Scratch;
}

/** All by rank. */
interface Scratch {
  /** Value of the best sequence to a place. */
  readonly total: Float64Array;
  /** Maximum of `total` up to a rank, and where; the first of equals. */
  readonly most: Float64Array;
  readonly bestAt: Int32Array;
  /** Predecessor in that sequence; -1 for none. */
  readonly previous: Int32Array;
}

export function laneOptions(
  all: readonly PlanOption[],
  given: readonly number[],
  travel: Travel,
): LaneOptions[] {
  const byCrew = groupBy(given, (option) => all[option]?.crew);
  const follow = createFollow(all, travel);
  return [...byCrew].map(([crew, options]) => ofCrew(all, crew, options, follow));
}

function ofCrew(
  all: readonly PlanOption[],
  crew: Crew,
  given: readonly number[],
  follow: Follow,
): LaneOptions {
  const candidateOf = (option: number) => all[option]?.candidate;
  const startOf = (option: number) => candidateOf(option)?.start ?? 0;
  const options = [...given].sort((a, b) => startOf(a) - startOf(b) || a - b);
  const starts = Float64Array.from(options, startOf);
  const ends = Float64Array.from(options, (option) => candidateOf(option)?.end ?? 0);
  const isInTime = (before: number, next: number) =>
    follow.mayFollow(options[before] ?? -1, options[next] ?? -1);
  const longest = follow.longest(options);
  const byEnd = Int32Array.from(
    [...options.keys()].sort((a, b) => at(ends, a) - at(ends, b) || a - b),
  );
  const rank = new Int32Array(options.length);
  byEnd.forEach((place, at) => {
    rank[place] = at;
  });
  const [certain, ended] = [new Int32Array(options.length), new Int32Array(options.length)];
  const near: Int32Array[] = [];
  let known = 0;
  for (let next = 0; next < options.length; next += 1) {
    const start = at(starts, next);
    while (known < byEnd.length && at(ends, at(byEnd, known)) + longest <= start) known += 1;
    certain[next] = known;
    const own: number[] = [];
    let over = known;
    for (; over < byEnd.length && at(ends, at(byEnd, over)) <= start; over += 1) {
      if (isInTime(at(byEnd, over), next)) own.push(over);
    }
    ended[next] = over;
    near.push(Int32Array.from(own));
  }
  const mayFollow = (before: number, next: number) =>
    (rank[before] as number) < (certain[next] as number) || isInTime(before, next);
  const firstFrom = (moment: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(starts, middle) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const between = (from: number, to: number) => [firstFrom(from), firstFrom(to)] as const;
  const scratch = {
    total: new Float64Array(options.length),
    most: new Float64Array(options.length),
    bestAt: new Int32Array(options.length),
    previous: new Int32Array(options.length),
  };
  return { crew, options, starts, mayFollow, byEnd, rank, ended, certain, near, between, scratch };
}

function at(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}

/** Which places cannot stand in one sequence, though one may follow the other in time. */
export interface Apart {
  /** Names the place that `meets` is asked about; false where nothing meets it. */
  readonly ask: (place: number) => boolean;
  readonly meets: (earlier: number) => boolean;
}

const allTogether: Apart = { ask: () => false, meets: () => false };

/**
 * Heaviest sequence of places in [first, end), each allowed to follow the previous one: a longest
 * path. `worth` is indexed from the first place; worthless places are left out. Of the sequences to
 * a place only the best is kept, so where some are `apart` the result need not be the heaviest.
 */
export function bestWay(
  lane: LaneOptions,
  [first, end]: readonly [first: number, end: number],
  worth: ArrayLike<number>,
  apart: Apart = allTogether,
): number[] {
  const { byEnd, rank, ended, certain, scratch } = lane;
  const { total, most, bestAt, previous } = scratch;
  total.fill(0);
  const from = certain[first] ?? 0;
  let [known, best, last] = [from, -1, -1];
  for (let place = first; place < end; place += 1) {
    const own = worth[place - first] as number;
    if (!(own > 0)) continue;
    for (; known < (ended[place] as number); known += 1) {
      if ((total[known] as number) > worthAt(total, best)) best = known;
      bestAt[known] = best;
      most[known] = worthAt(total, best);
    }
    const before = bestBefore(lane, place, from, apart.ask(place) ? apart.meets : null);
    const here = rank[place] as number;
    total[here] = worthAt(total, before) + own;
    previous[here] = before;
    if ((total[here] as number) > worthAt(total, last)) last = here;
  }
  const way: number[] = [];
  for (let at = last; at >= 0; at = previous[at] as number) way.push(byEnd[at] as number);
  return way.reverse();
}

/**
 * Rank of the best predecessor of a place, searched backwards until none can be worth more; those
 * that are certain to be in time win ties, then the first.
 */
function bestBefore(
  { near, certain, byEnd, scratch: { total, most, bestAt, previous } }: LaneOptions,
  place: number,
  from: number,
  meets: Apart["meets"] | null,
): number {
  const isFree = (rank: number) => {
    if (meets === null) return true;
    for (let at = rank; at >= 0; at = previous[at] as number) {
      if (meets(byEnd[at] as number)) return false;
    }
    return true;
  };
  const lastBest = (rank: number) => (rank > from ? (bestAt[rank - 1] as number) : -1);
  let sure = lastBest(certain[place] as number);
  while (sure >= 0 && !isFree(sure)) sure = lastBest(sure);
  const others = near[place] as Int32Array;
  let [found, foundTotal] = [sure, worthAt(total, sure)];
  for (let at = others.length - 1; at >= 0; at -= 1) {
    const other = others[at] as number;
    const limit = most[other] as number;
    if (limit < foundTotal || (limit === foundTotal && found === sure)) break;
    const worth = total[other] as number;
    const isBetter = worth > foundTotal || (worth === foundTotal && found !== sure);
    if (isBetter && isFree(other)) [found, foundTotal] = [other, worth];
  }
  return found;
}

function worthAt(total: Float64Array, rank: number): number {
  return rank < 0 ? 0 : (total[rank] as number);
}
