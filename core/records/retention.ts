import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import type { Zone } from "#core/time/zone.ts";

/**
 * Events: until the first review of police information (College of Policing, Management of police
 * information, the initial clear period of six years). An administrator of the machine sets another number
 * of whole years (`boxster retention --years`).
 */
export const usualEventYears = 6;
export const leastEventYears = 1;
export const mostEventYears = 10;

/** Notice before removal: one day more than the promised week. */
export const announcedDays = 8;

/** The same date years before; 28 February for the 29th. */
export function yearsBefore(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, "0");
  const day = date.slice(4);
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return day === "-02-29" && !isLeap ? `${year}-02-28` : `${year}${day}`;
}

/** How long events are kept before removal (retention.ts). */
export interface KeptEvents {
  readonly years: number;
  /** Epoch milliseconds */
  readonly from: number;
}

export function keptEvents(zone: Zone, now: number, years: number): KeptEvents {
  return { years, from: zone.startOfDate(yearsBefore(zone.dateOf(now), years)) };
}

/** "2 of 4 rows (50%) ended before 1 Apr 2020. Events are kept for 6 years: ..." */
export function ageWords(
  { rows, past }: { readonly rows: number; readonly past: number },
  { years, from }: KeptEvents,
  zone: Zone,
): string {
  const kept = formatQuantity(years, "year");
  const all = formatQuantity(rows, "row");
  const share = Math.max(1, Math.round((100 * past) / rows));
  const these = past === 1 ? "this row" : "these rows";
  return `${formatCount(past)} of ${all} (${share}%) ended before ${formatDate(zone.dateOf(from))}. Events are kept for ${kept}: ${these} will be removed after a notice of ${announcedDays} days.`;
}
