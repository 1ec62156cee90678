import type { Crew } from "#core/patrols/crew.ts";
import type { PlanOption } from "#core/patrols/option.ts";
import { matched } from "#core/patrols/roster.ts";
import type { Placed, Travel } from "#core/patrols/travel.ts";

export interface Numbered {
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
