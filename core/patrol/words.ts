import { monthNames, weekdayName } from "#core/time/words.ts";
import type { Zone } from "#core/time/zone.ts";

/** "21:30" on the wall clock. */
export function clockText(zone: Zone, at: number): string {
  return new Date(zone.toLocal(at)).toISOString().slice(11, 16);
}

/** "21:05 to 22:25" */
export function timesText(zone: Zone, start: number, end: number): string {
  return `${clockText(zone, start)} to ${clockText(zone, end)}`;
}

/** "Fri 26 Nov 21:30 to 23:00" */
export function spanText(zone: Zone, start: number, end: number): string {
  const local = new Date(zone.toLocal(start));
  const day = longDayText(zone, start).slice(0, 3);
  const month = (monthNames[local.getUTCMonth()] ?? "").slice(0, 3);
  return `${day} ${local.getUTCDate()} ${month} ${timesText(zone, start, end)}`;
}

/** "Friday 26 November 2021, 14:00 to 22:00" */
export function longSpanText(zone: Zone, start: number, end: number): string {
  const local = new Date(zone.toLocal(start));
  const date = `${local.getUTCDate()} ${monthNames[local.getUTCMonth()] ?? ""} ${local.getUTCFullYear()}`;
  return `${longDayText(zone, start)} ${date}, ${timesText(zone, start, end)}`;
}

/** "Friday" */
export function longDayText(zone: Zone, at: number): string {
  return weekdayName(zone.toLocal(at));
}
