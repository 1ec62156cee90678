import { keepClearDays } from "#core/protected-time/settings.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

/** Last full date of protected time shown to police: today and 14 days more. */
export function lastShownDate(today: string): string {
  return addDays(today, keepClearDays);
}

/** The date from which police are shown protected time that begins on `date`. */
export function firstShownDate(date: string): string {
  return addDays(date, -keepClearDays);
}

/**
 * First instant from which police are shown no protected time. What they can learn by probing
 * (suggesting, agreeing, moving a window, "nearest time that fits") ends at the same instant, or
 * gaps in the answers would reveal more than is shown.
 */
export function shownUntil(zone: Zone, today: string): number {
  return zone.startOfDate(addDays(lastShownDate(today), 1));
}
