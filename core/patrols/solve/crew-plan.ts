import { groupBy } from "#core/group-by.ts";
import { createFollow, type PlanOption } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import { createFlow } from "#core/patrols/solve/flow.ts";
import type { Admission } from "#core/patrols/solve/greedy.ts";
import { fewestUnits, type Sequence } from "#core/patrols/solve/roster.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import { hourMs } from "#core/time/zone.ts";

export interface CrewPlan {
  /** Chosen options less those without a unit, the least valuable dropped first. */
  readonly possible: (chosen: readonly number[]) => number[];
  /** Chosen options that need more units than the crew has; null when all fit. */
  readonly clash: (chosen: readonly number[]) => Clash | null;
  /** For fractional choices: the worst clash around each hour. */
  readonly clashesInPart: (shares: ArrayLike<number>) => Clash[];
  readonly admission: (chosen: readonly number[]) => Admission;
}

/** Smaller fractions of options and smaller violations of rows are ignored. */
const leastShare = 1e-6;
const leastBroken = 1e-3;
/** Windows starting further apart never clash: two hours, the rest and the longest way. */
const farthestMs = 4 * hourMs;
const stepMs = hourMs;

/** Mutually exclusive options in one unit; a crew can have `limit` of them. */
export interface Clash {
  readonly limit: number;
  readonly members: readonly number[];
}

export function createCrewPlan(
  options: readonly PlanOption[],
  values: ArrayLike<number>,
  travel: Travel,
): CrewPlan {
  const startOf = (option: number) => options[option]?.candidate.start ?? 0;
  const { mayFollow } = createFollow(options, travel);
  const byCrew = (chosen: readonly number[]) => {
    const crews = groupBy(chosen, (option) => options[option]?.crew);
    for (const list of crews.values()) list.sort((a, b) => startOf(a) - startOf(b) || a - b);
    return crews;
  };
  const sequence = (list: readonly number[]): Sequence => ({
    count: list.length,
    mayFollow: (a, b) => mayFollow(list[a] ?? -1, list[b] ?? -1),
  });
  const membersOf = groupBy(options.keys(), (option) => options[option]?.crew);
  /** Adds all options that fit a clash: a wider row is stronger. */
  const widened = (crew: Crew, clash: readonly number[]) => {
    const members = [...clash];
    const middle = clash.reduce((all, option) => all + startOf(option), 0) / clash.length;
    const others = (membersOf.get(crew) ?? []).filter(
      (option) => Math.abs(startOf(option) - middle) < farthestMs && !clash.includes(option),
    );
    others.sort((a, b) => Math.abs(startOf(a) - middle) - Math.abs(startOf(b) - middle) || a - b);
    for (const option of others) {
      const isApart = members.every(
        (other) => !mayFollow(option, other) && !mayFollow(other, option),
      );
      if (isApart) members.push(option);
    }
    return members.sort((a, b) => a - b);
  };
  return {
    possible: (chosen) => {
      const kept: number[] = [];
      for (const [crew, list] of byCrew(chosen)) {
        let rest = list;
        while (
          rest.length > crew.units.length &&
          fewestUnits(sequence(rest)).units > crew.units.length
        ) {
          const least = rest.reduce((a, b) => ((values[b] ?? 0) < (values[a] ?? 0) ? b : a));
          rest = rest.filter((option) => option !== least);
        }
        kept.push(...rest);
      }
      return kept.sort((a, b) => a - b);
    },
    clash: (chosen) => {
      for (const [crew, list] of byCrew(chosen)) {
        if (list.length <= crew.units.length) continue;
        const { members } = heaviestClash({ ...sequence(list), weight: () => 1 });
        const clash = members.map((at) => list[at] ?? -1);
        if (clash.length > crew.units.length) {
          return { limit: crew.units.length, members: widened(crew, clash) };
        }
      }
      return null;
    },
    clashesInPart: (shares) => {
      const some = [...options.keys()].filter((option) => (shares[option] ?? 0) > leastShare);
      const found: Clash[] = [];
      for (const [crew, list] of byCrew(some)) {
        const known = new Set<string>();
        for (const near of stretchesOf(list, startOf)) {
          const { members, weight } = heaviestClash({
            count: near.length,
            weight: (at) => shares[near[at] ?? -1] ?? 0,
            mayFollow: (a, b) => mayFollow(near[a] ?? -1, near[b] ?? -1),
          });
          const clash = members.map((at) => near[at] ?? -1);
          if (weight <= crew.units.length + leastBroken || known.has(clash.join())) continue;
          known.add(clash.join());
          found.push({ limit: crew.units.length, members: widened(crew, clash) });
        }
      }
      return found;
    },
    admission: (chosen) => {
      const lanes = new Map<Crew, number[][]>();
      for (const [crew, list] of byCrew(chosen)) {
        const { before } = fewestUnits(sequence(list));
        const own: number[][] = [];
        list.forEach((option, at) => {
          const follows = list[before[at] ?? -1];
          const lane =
            follows === undefined ? undefined : own.find((one) => one.at(-1) === follows);
          if (lane) lane.push(option);
          else own.push([option]);
        });
        lanes.set(crew, own);
      }
      return laneAdmission(options, lanes, mayFollow);
    },
  };
}

/** Groups of overlapping items, by start; no clash reaches across groups. */
function stretchesOf(
  list: readonly number[],
  startOf: (option: number) => number,
): (readonly number[])[] {
  const [first, last] = [startOf(list[0] ?? -1), startOf(list.at(-1) ?? -1)];
  const pieces: (readonly number[])[] = [];
  for (let from = first; from === first || from + farthestMs <= last + stepMs; from += stepMs) {
    const to = from + farthestMs + stepMs;
    pieces.push(list.filter((option) => startOf(option) >= from && startOf(option) < to));
  }
  return pieces;
}

/** Rest and travel hold between lane neighbours, and so for the whole lane. */
function laneAdmission(
  options: readonly PlanOption[],
  lanes: Map<Crew, number[][]>,
  mayFollow: (before: number, next: number) => boolean,
): Admission {
  const startOf = (option: number) => options[option]?.candidate.start ?? 0;
  const placeIn = (lane: readonly number[], option: number): number => {
    let at = 0;
    while (at < lane.length && startOf(lane[at] ?? -1) < startOf(option)) at += 1;
    const before = lane[at - 1];
    const next = lane[at];
    const fits =
      (before === undefined || mayFollow(before, option)) &&
      (next === undefined || mayFollow(option, next));
    return fits ? at : -1;
  };
  const find = (option: number) => {
    const crew = options[option]?.crew;
    if (!crew) return null;
    const own = lanes.get(crew) ?? [];
    lanes.set(crew, own);
    for (const lane of own) {
      const at = placeIn(lane, option);
      if (at >= 0) return { own, lane, at };
    }
    return own.length < crew.units.length ? { own, lane: null, at: 0 } : null;
  };
  return {
    fits: (option) => find(option) !== null,
    take: (option) => {
      const place = find(option);
      if (place?.lane) place.lane.splice(place.at, 0, option);
      else place?.own.push([option]);
    },
  };
}

interface WeightedSequence extends Sequence {
  readonly weight: (item: number) => number;
}

interface HeaviestClash {
  /** Ascending. */
  readonly members: readonly number[];
  readonly weight: number;
}

/** Weights are shares of options; flows are whole numbers of this many parts. */
const parts = 1e7;

/**
 * The heaviest set of items none of which may follow another: the remainder of a maximum flow from
 * items to their followers, each giving and taking at most its weight (Dilworth 1950, weighted; the
 * flow by Dinic 1970).
 */
export function heaviestClash({ count, weight, mayFollow }: WeightedSequence): HeaviestClash {
  const [source, sink] = [2 * count, 2 * count + 1];
  const flow = createFlow(2 * count + 2, source, sink);
  let total = 0;
  for (let item = 0; item < count; item += 1) {
    const capacity = Math.round(weight(item) * parts);
    total += capacity;
    flow.add(source, item, capacity);
    flow.add(count + item, sink, capacity);
    for (let next = item + 1; next < count; next += 1) {
      if (mayFollow(item, next)) flow.add(item, count + next);
    }
  }
  const sent = flow.send();
  const members: number[] = [];
  for (let item = 0; item < count; item += 1) {
    if (flow.isReached(item) && !flow.isReached(count + item)) members.push(item);
  }
  return { members, weight: (total - sent) / parts };
}
