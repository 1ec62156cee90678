import type { Crew } from "#core/patrols/crew.ts";
import { createFollow, type Follow, type PlanOption } from "#core/patrols/option.ts";
import type { Travel } from "#core/patrols/travel.ts";

/** What the units of a crew choose from. */
export interface LaneOptions {
  readonly crew: Crew;
  /** By start. */
  readonly options: readonly number[];
  readonly starts: Float64Array;
  /** The way from one to another in one unit's hands, by places in `options`. */
  readonly mayFollow: (before: number, next: number) => boolean;
  /** What ended so long before that no way is too long, by place of the next: how many of `byEnd`. */
  readonly certain: Int32Array;
  /** Places by end. */
  readonly byEnd: Int32Array;
  /** Of the others those that it may follow, by place. */
  readonly near: readonly Int32Array[];
  /** Starts in [from, to), as first and last place. */
  readonly between: (from: number, to: number) => readonly [first: number, end: number];
}

/** The options of each crew, of those that are given. */
export function laneOptions(
  all: readonly PlanOption[],
  given: readonly number[],
  travel: Travel,
): LaneOptions[] {
  const byCrew = new Map<Crew, number[]>();
  for (const option of given) {
    const crew = all[option]?.crew;
    if (!crew) continue;
    const list = byCrew.get(crew);
    if (list) list.push(option);
    else byCrew.set(crew, [option]);
  }
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
  const mayFollow = (before: number, next: number) =>
    follow.mayFollow(options[before] ?? -1, options[next] ?? -1);
  const longest = follow.longest(options);
  const byEnd = Int32Array.from(
    [...options.keys()].sort((a, b) => at(ends, a) - at(ends, b) || a - b),
  );
  const certain = new Int32Array(options.length);
  const near: Int32Array[] = [];
  let known = 0;
  for (let next = 0; next < options.length; next += 1) {
    const start = at(starts, next);
    while (known < byEnd.length && at(ends, at(byEnd, known)) + longest <= start) known += 1;
    certain[next] = known;
    const own: number[] = [];
    for (let place = known; place < byEnd.length; place += 1) {
      const before = at(byEnd, place);
      if (at(ends, before) > start) break;
      if (mayFollow(before, next)) own.push(before);
    }
    near.push(Int32Array.from(own));
  }
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
  return { crew, options, starts, mayFollow, certain, byEnd, near, between };
}

function at(values: ArrayLike<number>, place: number): number {
  return values[place] ?? 0;
}

/** What the best way to each place from `first` on is worth; before that nothing is. */
interface Ways {
  readonly first: number;
  readonly total: Float64Array;
}

/**
 * The sequence of places in [first, end) that is worth most, each one that may follow the one before it: a
 * longest path. `worth` begins with the first place; what is worth nothing is left out.
 */
export function bestWay(
  { certain, byEnd, near }: LaneOptions,
  first: number,
  end: number,
  worth: ArrayLike<number>,
): number[] {
  const ways: Ways = { first, total: new Float64Array(end - first) };
  const previous = new Int32Array(end - first).fill(-1);
  let looked = certain[first] ?? 0;
  let sure = -1;
  let last = -1;
  for (let place = first; place < end; place += 1) {
    const ended = certain[place] as number;
    sure = bestOf(byEnd, looked, ended, ways, sure);
    looked = ended;
    const own = worth[place - first] as number;
    if (!(own > 0)) continue;
    const others = near[place] as Int32Array;
    const before = bestOf(others, 0, others.length, ways, sure);
    ways.total[place - first] = totalOf(ways, before) + own;
    previous[place - first] = before;
    if (totalOf(ways, place) > totalOf(ways, last)) last = place;
  }
  const way: number[] = [];
  for (let place = last; place >= 0; place = previous[place - first] ?? -1) way.push(place);
  return way.reverse();
}

/** Of these and the one that is known the first that is worth most; -1 for none. */
function bestOf(places: Int32Array, from: number, to: number, ways: Ways, known: number): number {
  let found = known;
  let most = totalOf(ways, known);
  for (let at = from; at < to; at += 1) {
    const place = places[at] as number;
    const total = totalOf(ways, place);
    if (total > most) {
      most = total;
      found = place;
    }
  }
  return found;
}

function totalOf({ first, total }: Ways, place: number): number {
  return place < first ? 0 : (total[place - first] as number);
}
