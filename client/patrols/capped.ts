import type { BoardDesk } from "#client/patrols/board-desk.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import { type H3Cell, sortCells } from "#core/geo/cell.ts";
import type { Interval } from "#core/patrols/ground/closed-time.ts";
import { createDoseLedger, type DoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { addDays } from "#core/time/zone.ts";

/** Cells at their visit limit for a day or week of this time; hatched like keep-clear. */
export function cappedCells(desk: BoardDesk, during: Interval, windowId: string | null): H3Cell[] {
  const visits = visitsBut(desk, windowId);
  const dose = createDoseLedger(visits, desk.zone, patrolDefaults);
  const [first, last] = [localDay(desk.zone, during.from), localDay(desk.zone, during.to - 1)];
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const cells = new Set(visits.map(({ cell }) => cell));
  return sortCells([...cells].filter((cell) => days.some((day) => isFull(dose, cell, day))));
}

/** Days, midnight to midnight, on which a stop of this window is at its visit limit. */
export function cappedDays(desk: BoardDesk, windowId: string): Interval[] {
  const { zone, plan } = desk;
  const window = desk.standing.find(({ id }) => id === windowId);
  if (!window) return [];
  const dose = createDoseLedger(visitsBut(desk, windowId), zone, patrolDefaults);
  // The last shift may end after the plan's last midnight.
  return Array.from({ length: plan.days + 1 }, (_, at) => addDays(plan.from, at)).flatMap(
    (date) => {
      const from = zone.startOfDate(date);
      const day = localDay(zone, from);
      const isClosed = window.stops.some(({ cell }) => isFull(dose, cell, day));
      return isClosed ? [{ from, to: zone.startOfDate(addDays(date, 1)) }] : [];
    },
  );
}

/** All visits but those of one window, which would go with it. */
function visitsBut(desk: BoardDesk, windowId: string | null) {
  return desk.standing
    .filter(({ id }) => windowId === null || id !== windowId)
    .flatMap(({ stops }) => stops);
}

function isFull(dose: DoseLedger, cell: H3Cell, day: number): boolean {
  return (
    dose.usedOn(cell, day) >= patrolDefaults.visitsPerDay ||
    dose.usedInWeek(cell, weekOf(day)) >= patrolDefaults.visitsPerWeek
  );
}

/** Keep-clear at one of its stops, or a stop at its visit limit. */
export function blockedTimes(desk: BoardDesk, keepClear: KeepClear, windowId: string): Interval[] {
  const stops = desk.standing.find(({ id }) => id === windowId)?.stops ?? [];
  const own = new Set<string>(stops.map(({ cell }) => cell));
  const closed = keepClear.stretches.filter(({ cells }) => cells.some((cell) => own.has(cell)));
  return [...closed, ...cappedDays(desk, windowId)];
}
