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
  return `${dayText(zone, start)} ${timesText(zone, start, end)}`;
}

/** "Fri 26 Nov 21:30" */
export function momentText(zone: Zone, at: number): string {
  return `${dayText(zone, at)} ${clockText(zone, at)}`;
}

/** "Fri 26 Nov" */
export function dayText(zone: Zone, at: number): string {
  const local = new Date(zone.toLocal(at));
  const month = (monthNames[local.getUTCMonth()] ?? "").slice(0, 3);
  return `${longDayText(zone, at).slice(0, 3)} ${local.getUTCDate()} ${month}`;
}

/** Stops are an order with approximate times (DEFINITIONS, Plan): on paper and on screen alike. */
export function toFiveMinutes(at: number): number {
  const five = 300_000;
  return Math.round(at / five) * five;
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
