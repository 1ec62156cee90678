import { groupBy } from "#core/group-by.ts";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import type { Placed, Travel } from "#core/patrols/walk/travel.ts";

/** Windows of one crew by start, and which may follow which in one unit's hands. */
export interface Sequence {
  readonly count: number;
  readonly mayFollow: (before: number, next: number) => boolean;
}

/**
 * Fewest units for all these windows: a minimum path cover, found as a maximum matching of windows
 * with their successors (Fulkerson 1956). A window prefers the predecessor that comes first in
 * `preferred`.
 */
export function fewestUnits(
  { count, mayFollow }: Sequence,
  preferred: (next: number, befores: readonly number[]) => readonly number[] = (_, all) => all,
): {
  /** The unit's window before each, or -1 for its first. */
  readonly before: readonly number[];
  /** The fewest units that these windows need. */
  readonly units: number;
} {
  const choices = Array.from({ length: count }, (_, next) => {
    const all: number[] = [];
    for (let before = next - 1; before >= 0; before -= 1) {
      if (mayFollow(before, next)) all.push(before);
    }
    return preferred(next, all);
  });
  const before = matched(count, choices);
  return { before, units: before.filter((one) => one < 0).length };
}

/**
 * Maximum matching by augmenting paths: the left item of each right one, or -1; right items in
 * order, each its choices in order.
 */
function matched(count: number, choices: readonly (readonly number[])[]): readonly number[] {
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
  return before;
}

/**
 * Numbers the units of the chosen options, shift by shift: each window follows another of its crew
 * or comes first for a unit, from wherever that unit was last; among several candidates the
 * nearest.
 */
export function unitNumbers(chosen: readonly PlanOption[], travel: Travel) {
  const numbers = new Map<PlanOption, number>();
  const dropped: PlanOption[] = [];
  const lastOf = new Map<number, Placed>();
  const crews = groupBy([...chosen].sort(inOrder), ({ crew }) => crew);
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
  const { mode, units, squad } = crew;
  const placed = list.map(({ candidate }) => candidate);
  // Windows are 0 and up; units, as starting points, come after them.
  const beginsAt = (index: number) => list.length + index;
  const choices = placed.map((next, at) => {
    const found: { from: number; minutes: number }[] = [];
    placed.slice(0, at).forEach((before, from) => {
      if (travel.mayFollow(before, next, mode, squad?.kmh))
        found.push({ from, minutes: wayTo(before, next) });
    });
    units.forEach((unit, index) => {
      const last = lastOf.get(unit);
      const begins = beginsAt(index);
      if (!last) found.push({ from: begins, minutes: Number.POSITIVE_INFINITY });
      else if (travel.mayShare(last, next, mode, squad?.kmh)) {
        found.push({ from: begins, minutes: wayTo(last, next) });
      }
    });
    return found.sort((a, b) => a.minutes - b.minutes || a.from - b.from).map(({ from }) => from);
  });
  const before = matched(list.length, choices);
  if (before.some((one) => one < 0)) return null;
  const numbers: number[] = [];
  before.forEach((from, at) => {
    const number = from < list.length ? numbers[from] : units[from - list.length];
    numbers[at] = number ?? unitOf(crew);
  });
  return numbers;

  function wayTo(from: Placed, to: Placed): number {
    const last = from.stops.at(-1)?.cell ?? from.zone;
    return travel.minutes(last, to.stops[0]?.cell ?? to.zone, mode, squad?.kmh);
  }
}
