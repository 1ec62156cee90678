import type { Visit } from "#core/patrols/window.ts";
import { minuteMs } from "#core/time/zone.ts";

/** A logged stay this near a planned stop of its place is that stop, made. */
const sameVisitMs = 60 * minuteMs;

/** Visits that were or will be made: a window that was called off counts what it had begun. */
export function spentVisits(
  windows: readonly { readonly end: number; readonly stops: readonly Visit[] }[],
): Visit[] {
  return windows.flatMap((window) => window.stops.filter((stop) => stop.arrive < window.end));
}

/**
 * What counts towards the caps: agreed and logged (DEFINITIONS, Plan), each visit once. A debrief logs what
 * was agreed, so a stay within the hour of a planned stop of its place is taken for it; each stop stands for
 * one stay at most.
 */
export function countedVisits(planned: readonly Visit[], logged: readonly Visit[]): Visit[] {
  const open = new Map<string, Visit[]>();
  for (const visit of planned) open.set(visit.cell, [...(open.get(visit.cell) ?? []), visit]);
  const more: Visit[] = [];
  for (const stay of [...logged].sort((a, b) => a.arrive - b.arrive)) {
    const stops = open.get(stay.cell) ?? [];
    const nearest = stops.reduce<Visit | null>(
      (best, stop) =>
        best === null || Math.abs(stop.arrive - stay.arrive) < Math.abs(best.arrive - stay.arrive)
          ? stop
          : best,
      null,
    );
    if (nearest && Math.abs(nearest.arrive - stay.arrive) < sameVisitMs) {
      open.set(
        stay.cell,
        stops.filter((stop) => stop !== nearest),
      );
    } else more.push(stay);
  }
  return [...planned, ...more];
}
