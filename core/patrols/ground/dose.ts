import type { H3Cell } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

export type DoseLedger = ReturnType<typeof createDoseLedger>;

/** Agreed and logged visits already count: replanning cannot raise the dose (SAFEGUARDS 10). */
export function createDoseLedger(
  visits: readonly Visit[],
  zone: Zone,
  settings: Pick<PatrolSettings, "revisitMinutes">,
) {
  const gap = settings.revisitMinutes * minuteMs;
  const byCell = groupBy(visits, ({ cell }) => cell);
  const [onDay, inWeek] = [createCounts(), createCounts()];
  for (const visit of visits) {
    const day = localDay(zone, visit.arrive);
    onDay.add(visit.cell, day);
    inWeek.add(visit.cell, weekOf(day));
  }
  return {
    usedOn: onDay.of,
    usedInWeek: inWeek.of,
    /** True when no counted visit of the cell ends or starts within the revisit time of [start, end). */
    isRested: (cell: H3Cell, start: number, end: number): boolean =>
      !(byCell.get(cell) ?? []).some(
        ({ arrive, depart }) => arrive < end + gap && start < depart + gap,
      ),
  };
}

/** By cell and day or week; read far more often than written. */
function createCounts() {
  const counts = new Map<H3Cell, Map<number, number>>();
  const of = (cell: H3Cell, label: number) => counts.get(cell)?.get(label) ?? 0;
  const add = (cell: H3Cell, label: number) => {
    const own = counts.get(cell) ?? new Map<number, number>();
    counts.set(cell, own.set(label, of(cell, label) + 1));
  };
  return { of, add };
}

/** Days since 1 January 1970 on the wall clock. */
export function localDay(zone: Zone, at: number): number {
  return Math.floor(zone.toLocal(at) / dayMs);
}

/** Weeks run from Monday to Sunday; 1 January 1970 was a Thursday. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** Whether one cell may have both: the revisit time lies between the end and the next start. */
export function areApart(
  a: Pick<Visit, "arrive" | "depart">,
  b: Pick<Visit, "arrive" | "depart">,
  settings: Pick<PatrolSettings, "revisitMinutes">,
): boolean {
  const gap = settings.revisitMinutes * minuteMs;
  return b.arrive >= a.depart + gap || a.arrive >= b.depart + gap;
}

/** A logged stay this near a planned stop at its place is that stop. */
const sameVisitMs = 60 * minuteMs;

/** Visits made or still to come; of a window called off, those that had begun. */
export function spentVisits(
  windows: readonly { readonly end: number; readonly stops: readonly Visit[] }[],
): Visit[] {
  return windows.flatMap((window) => window.stops.filter((stop) => stop.arrive < window.end));
}

/**
 * Visits that count towards the caps: agreed and logged (DEFINITIONS, Plan), each once. As a
 * debrief logs what was agreed, a stay within the hour of a planned stop at its place is matched to
 * it; each stop matches one stay at most.
 */
export function countedVisits(planned: readonly Visit[], logged: readonly Visit[]): Visit[] {
  const open = groupBy(planned, ({ cell }) => cell);
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
