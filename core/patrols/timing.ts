import type { PatrolSettings } from "#core/patrols/settings.ts";
import { minuteMs } from "#core/time/zone.ts";

/**
 * Minutes from the window's start to each arrival: stops of full dwell, the walk before each, and what
 * time is left spread evenly after the stops. Null when they do not fit.
 */
export function arrivalMinutes(
  lengthMinutes: number,
  legs: readonly number[],
  settings: Pick<PatrolSettings, "dwellMinutes">,
): number[] | null {
  const busy = busyMinutes(legs, settings);
  const idle = lengthMinutes - busy;
  if (idle < 0) return null;
  let elapsed = 0;
  return legs.map((leg, index) => {
    elapsed += leg;
    const arrival = elapsed + Math.floor((idle * index) / legs.length);
    elapsed += settings.dwellMinutes;
    return arrival;
  });
}

/** Minutes at stops and on foot between them. */
export function busyMinutes(
  legs: readonly number[],
  settings: Pick<PatrolSettings, "dwellMinutes">,
): number {
  return legs.reduce((all, leg) => all + leg, 0) + legs.length * settings.dwellMinutes;
}

export function minutesBetween(start: number, end: number): number {
  return Math.floor((end - start) / minuteMs);
}
