import type { Crew } from "#core/patrol/crew.ts";
import type { Admission } from "#core/patrol/greedy.ts";
import type { PlanOption } from "#core/patrol/option.ts";
import { fewestUnits, type Sequence, widestClash } from "#core/patrol/roster.ts";
import type { Travel } from "#core/patrol/travel.ts";
import { hourMs } from "#core/time/zone.ts";

/** What a crew's units can do between them: everything about rest and the way from place to place. */
export interface CrewPlan {
  /** Chosen options without those for which no unit is left, the least valuable going first. */
  readonly possible: (chosen: readonly number[]) => number[];
  /** Options that can go together only in more hands than their crew has; null when all is possible. */
  readonly clash: (chosen: readonly number[]) => Clash | null;
  /** The same for options that are chosen in part, as far as a quick look finds any. */
  readonly clashesInPart: (shares: ArrayLike<number>) => Clash[];
  /** Takes one option after the other as long as some unit has room. */
  readonly admission: (chosen: readonly number[]) => Admission;
}

/** A table of pairs up to this many options takes four megabytes. */
const mostKept = 2_000;
/** Rows that one look adds for a crew: more of them say much the same. */
const mostClashes = 12;
/** Windows that begin farther apart never clash: two hours, the rest and the longest way. */
const farthestMs = 4 * hourMs;

/** Of these options, none of which may follow another, a crew can have `limit`. */
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
  const count = options.length;
  // Asked over and over for the same pairs: 0 not asked yet, 1 no, 2 yes.
  const known = count <= mostKept ? new Uint8Array(count * count) : null;
  const ask = (before: number, next: number) => {
    const a = options[before];
    const b = options[next];
    return (
      a !== undefined && b !== undefined && travel.mayFollow(a.candidate, b.candidate, b.crew.mode)
    );
  };
  const mayFollow = (before: number, next: number) => {
    if (known === null) return ask(before, next);
    const at = before * count + next;
    const answer = known[at] ?? 0;
    if (answer > 0) return answer === 2;
    const isSo = ask(before, next);
    known[at] = isSo ? 2 : 1;
    return isSo;
  };
  const byCrew = (chosen: readonly number[]) => {
    const crews = new Map<Crew, number[]>();
    for (const option of chosen) {
      const crew = options[option]?.crew;
      if (!crew) continue;
      const list = crews.get(crew);
      if (list) list.push(option);
      else crews.set(crew, [option]);
    }
    for (const list of crews.values()) list.sort((a, b) => startOf(a) - startOf(b) || a - b);
    return crews;
  };
  const sequence = (list: readonly number[]): Sequence => ({
    count: list.length,
    mayFollow: (a, b) => mayFollow(list[a] ?? -1, list[b] ?? -1),
  });
  const membersOf = new Map<Crew, number[]>();
  options.forEach(({ crew }, option) => {
    const list = membersOf.get(crew);
    if (list) list.push(option);
    else membersOf.set(crew, [option]);
  });
  /** All that can be added to a clash: a wider row says more with the same limit. */
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
        const clash = widestClash(sequence(list)).map((at) => list[at] ?? -1);
        if (clash.length > crew.units.length) {
          return { limit: crew.units.length, members: widened(crew, clash) };
        }
      }
      return null;
    },
    clashesInPart: (shares) => {
      const some: number[] = [];
      options.forEach((_, option) => {
        if ((shares[option] ?? 0) > 0.02) some.push(option);
      });
      const found: Clash[] = [];
      for (const [crew, list] of byCrew(some)) {
        const byShare = [...list].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);
        const clashes = new Map<string, { clash: number[]; total: number }>();
        for (const seed of list) {
          const clash = grownFrom(seed, byShare, mayFollow).sort((x, y) => x - y);
          const total = clash.reduce((all, option) => all + (shares[option] ?? 0), 0);
          if (total > crew.units.length + 0.02) clashes.set(clash.join(), { clash, total });
        }
        const worst = [...clashes.values()].sort((x, y) => y.total - x.total).slice(0, mostClashes);
        for (const { clash } of worst) {
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

/** Options none of which may follow another, the ones that are chosen most first. */
function grownFrom(
  seed: number,
  byShare: readonly number[],
  mayFollow: (before: number, next: number) => boolean,
): number[] {
  const clash = [seed];
  for (const option of byShare) {
    const joins = clash.every(
      (other) => other !== option && !mayFollow(option, other) && !mayFollow(other, option),
    );
    if (joins) clash.push(option);
  }
  return clash;
}

/** Rest and way are kept between neighbours of a lane, and so between all of it. */
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
