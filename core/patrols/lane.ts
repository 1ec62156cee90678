import type { Crew } from "#core/patrols/crew.ts";
import { createFollow, type Follow } from "#core/patrols/follow.ts";
import type { PlanOption } from "#core/patrols/option.ts";
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
