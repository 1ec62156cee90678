import { cellAt, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import type { Candidate } from "#core/patrols/candidates/candidate.ts";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import type { Crew } from "#core/patrols/duty/crew.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { createTravel } from "#core/patrols/walk/travel.ts";
import type { Random } from "#core/random.ts";
import { createZone, dayMs, hourMs, minuteMs } from "#core/time/zone.ts";

/** Options made by hand or drawn from a seed, small enough that trying everything is quick. */
export const london = createZone("Europe/London");
export const travel = createTravel(patrolDefaults);
/** 14:00 of a Wednesday. */
export const shiftStart = Date.parse("2021-12-01T14:00Z");
export const shift = { date: "2021-12-01", start: shiftStart, end: shiftStart + 8 * hourMs };
const middle = cellAt([-0.0644, 51.6147], 10);
/** Places of five zones, some beside each other and some half an hour apart. */
export const places: readonly H3Cell[] = [0, 1, 2, 40, 41, 300, 301, 700].map(
  (at) => disk(middle, 20)[at] ?? middle,
);

export function crewOf(units: readonly number[], over: Partial<Crew> = {}): Crew {
  return { units, mode: "foot", from: shift.start, to: shift.end, busy: [], ...over };
}

export interface WindowAt {
  readonly cell: H3Cell;
  /** Minutes after the shift's start. */
  readonly from: number;
  readonly minutes?: number;
  readonly value?: number;
}

/** A window of one stop of a quarter of an hour at its start. */
export function candidateAt({ cell, from, minutes = 60, value = 1 }: WindowAt): Candidate {
  const start = shift.start + from * minuteMs;
  const end = start + minutes * minuteMs;
  const late = Math.floor((start - shift.start) / dayMs) * dayMs;
  return {
    zone: parentCell(cell, 9),
    shift: { ...shift, start: shift.start + late, end: shift.end + late },
    start,
    end,
    mode: "foot",
    stops: [{ cell, arrive: start, depart: start + 15 * minuteMs }],
    value,
  };
}

/** Windows of one crew or several, at half hours of one evening, by start. */
export function drawnOptions(
  random: Random,
  { count, crews, hours = 5 }: { count: number; crews: readonly Crew[]; hours?: number },
): PlanOption[] {
  const options = Array.from({ length: count }, (): PlanOption => {
    const cell = places[random.integer(places.length)] ?? middle;
    const from = 30 * random.integer(2 * hours);
    const value = (1 + random.integer(90)) / 100;
    const minutes = 60 + 5 * random.integer(4);
    return {
      candidate: candidateAt({ cell, from, minutes, value }),
      crew: crews[random.integer(crews.length)] ?? crewOf([1]),
    };
  });
  return options.sort((a, b) => a.candidate.start - b.candidate.start);
}

/** Whether the crew's units can have these between them: every way of handing them out is tried. */
export function canHave(options: readonly PlanOption[], units: number): boolean {
  const ordered = [...options].sort((a, b) => a.candidate.start - b.candidate.start);
  const hand = (at: number, last: readonly PlanOption[]): boolean => {
    const next = ordered[at];
    if (!next) return true;
    const isKept = last.some(
      (one, unit) =>
        travel.mayFollow(one.candidate, next.candidate, next.crew.mode) &&
        hand(at + 1, last.with(unit, next)),
    );
    return isKept || (last.length < units && hand(at + 1, [...last, next]));
  };
  return hand(0, []);
}

/** Every set of so many things, as their indices. */
export function* subsets(count: number): Generator<number[]> {
  for (let bits = 0; bits < 1 << count; bits += 1) {
    yield Array.from({ length: count }, (_, at) => at).filter((at) => bits & (1 << at));
  }
}
