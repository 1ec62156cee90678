import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** An account may be used through the whole of its last day, by the wall clock. */
export function expiryOf(zone: Zone, lastDay: string | null): number | null {
  return lastDay === null ? null : zone.toInstant(parseLocalDate(lastDay) + dayMs, "earlier");
}

export function lastDayOf(zone: Zone, expiresAt: number | null): string | null {
  return expiresAt === null ? null : zone.dateOf(expiresAt - 1);
}
