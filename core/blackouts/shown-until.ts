import { keepClearDays } from "#core/blackouts/settings.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

/**
 * The first instant of which police are shown no protected time. What they may ask by trying
 * (moving a window, "nearest time that fits") ends at this same instant, or it would tell more.
 */
export function shownUntil(zone: Zone, today: string): number {
  return zone.startOfDate(addDays(today, keepClearDays));
}
