import { keepClearDays } from "#core/protected-time/settings.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

/** The last date of which police are shown protected time, whole: today and 14 days more. */
export function lastShownDate(today: string): string {
  return addDays(today, keepClearDays);
}

/** From this date on police are shown protected time that begins on that one. */
export function firstShownDate(date: string): string {
  return addDays(date, -keepClearDays);
}

/**
 * The first instant of which police are shown no protected time. What they may learn by trying
 * (suggesting, agreeing, moving a window, "nearest time that fits") ends at this same instant, or the
 * holes in what they are given would tell more than they are shown.
 */
export function shownUntil(zone: Zone, today: string): number {
  return zone.startOfDate(addDays(lastShownDate(today), 1));
}
