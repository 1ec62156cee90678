import type { Interval } from "#core/patrol/closed-time.ts";
import type { PatrolSettings } from "#core/patrol/settings.ts";
import type { ShiftOccurrence } from "#core/patrol/shift.ts";
import type { PatrolWindow } from "#core/patrol/window.ts";
import { minuteMs } from "#core/time/zone.ts";

/**
 * Who can go during a stretch of duty (shifts without a break between them). Units without an agreed
 * window there are alike and make up a pool; a unit that has one can take what lies around it.
 */
export interface Crew {
  readonly from: number;
  readonly to: number;
  /** Unit numbers that are alike. */
  readonly pool: readonly number[];
  /** Agreed time of the other units, the way to the next place included. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  /** How many may be out at once, agreed ones included. */
  readonly units: number;
}

export function createCrews(
  shifts: readonly ShiftOccurrence[],
  agreed: readonly PatrolWindow[],
  units: number,
  settings: Pick<PatrolSettings, "travelMinutes">,
): Crew[] {
  const travel = settings.travelMinutes * minuteMs;
  return dutyStretches(shifts, travel).map(({ from, to }) => {
    const busy = new Map<number, Interval[]>();
    for (const window of agreed) {
      if (window.end + travel <= from || window.start >= to + travel) continue;
      const list = busy.get(window.unit) ?? [];
      list.push({ from: window.start, to: window.end + travel });
      busy.set(window.unit, list);
    }
    const pool: number[] = [];
    for (let unit = 1; unit <= units && pool.length + busy.size < units; unit += 1) {
      if (!busy.has(unit)) pool.push(unit);
    }
    return { from, to, pool, busy, units };
  });
}

/** The numbers, among those with agreed windows, that are free during the whole block. */
export function freeUnits(crew: Crew, start: number, end: number): number[] {
  return [...crew.busy]
    .filter(
      ([unit, intervals]) =>
        unit <= crew.units && !intervals.some(({ from, to }) => from < end && start < to),
    )
    .map(([unit]) => unit)
    .sort((a, b) => a - b);
}

/** How many agreed windows are out at an instant. */
export function agreedAt(crew: Crew, at: number): number {
  let count = 0;
  for (const intervals of crew.busy.values()) {
    if (intervals.some(({ from, to }) => from <= at && at < to)) count += 1;
  }
  return count;
}

function dutyStretches(shifts: readonly ShiftOccurrence[], travel: number): Interval[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { start, end } of [...shifts].sort((a, b) => a.start - b.start)) {
    const last = stretches.at(-1);
    if (last && start < last.to + travel) last.to = Math.max(last.to, end);
    else stretches.push({ from: start, to: end });
  }
  return stretches;
}
