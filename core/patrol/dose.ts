import type { H3Cell } from "#core/geo/cell.ts";
import type { PatrolSettings } from "#core/patrol/settings.ts";
import type { Visit } from "#core/patrol/window.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Visits that count already: agreed and logged. Planning twice cannot raise the dose (SAFEGUARDS 10). */
export interface DoseLedger {
  /** Visits of the cell that begin on a local day. */
  readonly usedOn: (cell: H3Cell, day: number) => number;
  readonly usedInWeek: (cell: H3Cell, week: number) => number;
  /** True when no counted visit of the cell ends or starts within the revisit time of [start, end). */
  readonly isRested: (cell: H3Cell, start: number, end: number) => boolean;
}

export function createDoseLedger(
  visits: readonly Visit[],
  zone: Zone,
  settings: Pick<PatrolSettings, "revisitMinutes">,
): DoseLedger {
  const gap = settings.revisitMinutes * minuteMs;
  const byCell = new Map<H3Cell, Visit[]>();
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const visit of visits) {
    const list = byCell.get(visit.cell);
    if (list) list.push(visit);
    else byCell.set(visit.cell, [visit]);
    const day = localDay(zone, visit.arrive);
    count(`${visit.cell} ${day}`);
    count(`${visit.cell} week ${weekOf(day)}`);
  }
  return {
    usedOn: (cell, day) => counts.get(`${cell} ${day}`) ?? 0,
    usedInWeek: (cell, week) => counts.get(`${cell} week ${week}`) ?? 0,
    isRested: (cell, start, end) =>
      !(byCell.get(cell) ?? []).some(
        ({ arrive, depart }) => arrive < end + gap && start < depart + gap,
      ),
  };
}

/** Days since 1 January 1970 on the wall clock. */
export function localDay(zone: Zone, at: number): number {
  return Math.floor(zone.toLocal(at) / dayMs);
}

/** Weeks run from Monday to Sunday; 1 January 1970 was a Thursday. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** Whether one cell may have both visits: at least the revisit time from the end of one to the start of the other. */
export function areApart(
  a: Pick<Visit, "arrive" | "depart">,
  b: Pick<Visit, "arrive" | "depart">,
  settings: Pick<PatrolSettings, "revisitMinutes">,
): boolean {
  const gap = settings.revisitMinutes * minuteMs;
  return b.arrive >= a.depart + gap || a.arrive >= b.depart + gap;
}
