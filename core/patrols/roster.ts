import type { Crew } from "#core/patrols/crew.ts";
import type { PlanOption } from "#core/patrols/option.ts";
import type { Placed, Travel } from "#core/patrols/travel.ts";

/** Windows of one crew by start, and which may follow which in one unit's hands. */
export interface Sequence {
  readonly count: number;
  /** For a window and a later one. */
  readonly mayFollow: (before: number, next: number) => boolean;
}

interface Roster {
  /** The window before each in the same unit's hands, or -1 for a unit's first. */
  readonly before: readonly number[];
  /** How many units it takes: never more than any other order of these windows would. */
  readonly units: number;
}

/**
 * The fewest units that can have all these windows: a smallest cover by paths, found as a largest matching
 * of windows with the ones they follow (Fulkerson 1956). A window prefers the one before that comes first
 * in `preferred`.
 */
export function fewestUnits(
  { count, mayFollow }: Sequence,
  preferred: (next: number, befores: readonly number[]) => readonly number[] = (_, all) => all,
): Roster {
  const choices = Array.from({ length: count }, (_, next) => {
    const all: number[] = [];
    for (let before = next - 1; before >= 0; before -= 1) {
      if (mayFollow(before, next)) all.push(before);
    }
    return preferred(next, all);
  });
  const { before } = matched(count, choices);
  return { before, units: before.filter((one) => one < 0).length };
}

interface Matching {
  /** Which left item each right one has, or -1. */
  readonly before: number[];
  /** The other way round. */
  readonly after: ReadonlyMap<number, number>;
}

/** A largest matching by augmenting paths, right items in order, each trying its choices in order. */
function matched(count: number, choices: readonly (readonly number[])[]): Matching {
  const before = new Array<number>(count).fill(-1);
  const after = new Map<number, number>();
  const augment = (next: number, seen: Set<number>): boolean => {
    for (const one of choices[next] ?? []) {
      if (seen.has(one)) continue;
      seen.add(one);
      const other = after.get(one);
      if (other === undefined || augment(other, seen)) {
        after.set(one, next);
        before[next] = one;
        return true;
      }
    }
    return false;
  };
  for (let next = 0; next < count; next += 1) augment(next, new Set());
  return { before, after };
}

/**
 * Windows none of which may follow another, as many as there are units needed (Dilworth 1950, by the
 * smallest vertex cover of the matching, König 1931). Whoever has fewer units cannot have them all.
 */
export function widestClash({ count, mayFollow }: Sequence): number[] {
  const choices = Array.from({ length: count }, (_, next) => {
    const all: number[] = [];
    for (let before = 0; before < next; before += 1) if (mayFollow(before, next)) all.push(before);
    return all;
  });
  const { before, after } = matched(count, choices);
  // From the windows that follow none, over any edge to a window before, back over its matched edge.
  const rights = new Set<number>();
  const lefts = new Set<number>();
  const visit = (next: number) => {
    if (rights.has(next)) return;
    rights.add(next);
    for (const one of choices[next] ?? []) {
      if (lefts.has(one)) continue;
      lefts.add(one);
      const matchedTo = after.get(one);
      if (matchedTo !== undefined) visit(matchedTo);
    }
  };
  before.forEach((one, next) => {
    if (one < 0) visit(next);
  });
  return Array.from({ length: count }, (_, at) => at).filter(
    (at) => rights.has(at) && !lefts.has(at),
  );
}

interface Numbered {
  readonly numbers: ReadonlyMap<PlanOption, number>;
  /** Windows at a change of shift for which no unit is back in time. */
  readonly dropped: readonly PlanOption[];
}

/**
 * Gives the chosen options their unit numbers, shift by shift: each window follows another of its crew or
 * comes first for a unit, from wherever that unit was last; of several that can, the one that is nearest.
 */
export function unitNumbers(chosen: readonly PlanOption[], travel: Travel): Numbered {
  const numbers = new Map<PlanOption, number>();
  const dropped: PlanOption[] = [];
  const lastOf = new Map<number, Placed>();
  const crews = new Map<Crew, PlanOption[]>();
  for (const option of [...chosen].sort(inOrder)) {
    const list = crews.get(option.crew);
    if (list) list.push(option);
    else crews.set(option.crew, [option]);
  }
  for (const [crew, list] of [...crews].sort(
    ([a], [b]) => a.from - b.from || unitOf(a) - unitOf(b),
  )) {
    let rest = list;
    let found = handOut(crew, rest, lastOf, travel);
    while (found === null) {
      const least = rest.reduce((a, b) => (b.candidate.value < a.candidate.value ? b : a));
      dropped.push(least);
      rest = rest.filter((option) => option !== least);
      found = handOut(crew, rest, lastOf, travel);
    }
    const handed = found;
    rest.forEach((option, at) => {
      const unit = handed[at] ?? unitOf(crew);
      numbers.set(option, unit);
      const last = lastOf.get(unit);
      if (!last || last.start < option.candidate.start) lastOf.set(unit, option.candidate);
    });
  }
  return { numbers, dropped };
}

function unitOf(crew: Crew): number {
  return crew.units[0] ?? 0;
}

function inOrder(a: PlanOption, b: PlanOption): number {
  return a.candidate.start - b.candidate.start || (a.candidate.zone < b.candidate.zone ? -1 : 1);
}

/** The number of each window, or null where the crew's units cannot have them all. */
function handOut(
  crew: Crew,
  list: readonly PlanOption[],
  lastOf: ReadonlyMap<number, Placed>,
  travel: Travel,
): number[] | null {
  const { mode, units } = crew;
  const placed = list.map(({ candidate }) => candidate);
  // Windows are 0 and up; the units, as where one begins, come after them.
  const beginsAt = (index: number) => list.length + index;
  const choices = placed.map((next, at) => {
    const found: { from: number; minutes: number }[] = [];
    placed.slice(0, at).forEach((before, from) => {
      if (travel.mayFollow(before, next, mode)) found.push({ from, minutes: wayTo(before, next) });
    });
    units.forEach((unit, index) => {
      const last = lastOf.get(unit);
      const begins = beginsAt(index);
      if (!last) found.push({ from: begins, minutes: Number.POSITIVE_INFINITY });
      else if (travel.mayShare(last, next, mode)) {
        found.push({ from: begins, minutes: wayTo(last, next) });
      }
    });
    return found.sort((a, b) => a.minutes - b.minutes || a.from - b.from).map(({ from }) => from);
  });
  const { before } = matched(list.length, choices);
  if (before.some((one) => one < 0)) return null;
  const numbers: number[] = [];
  before.forEach((from, at) => {
    const number = from < list.length ? numbers[from] : units[from - list.length];
    numbers[at] = number ?? unitOf(crew);
  });
  return numbers;

  function wayTo(from: Placed, to: Placed): number {
    const last = from.stops.at(-1)?.cell ?? from.zone;
    return travel.minutes(last, to.stops[0]?.cell ?? to.zone, mode);
  }
}
