import { parseLocalDate, type Zone } from "#core/time/zone.ts";

/** "19:02" */
export function timeOfDay(zone: Zone, instant: number): string {
  return new Date(zone.toLocal(instant)).toISOString().slice(11, 16);
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** "Thursday 25 November, 09:10", wall clock of the zone. */
export function dayAndTime(zone: Zone, instant: number): string {
  return `${dayFormat.format(zone.toLocal(instant)).replace(",", "")}, ${timeOfDay(zone, instant)}`;
}

/** The same, with the year where it is not that of `now`: "Tuesday 29 December 2020, 09:10". */
export function dayAndTimeSeenFrom(zone: Zone, instant: number, now: number): string {
  const date = zone.dateOf(instant);
  if (date.slice(0, 4) === zone.dateOf(now).slice(0, 4)) return dayAndTime(zone, instant);
  return `${dayWords(date)}, ${timeOfDay(zone, instant)}`;
}

/** "Wednesday 1 December 2021" of `2021-12-01`. */
export function dayWords(date: string): string {
  return `${dayFormat.format(parseLocalDate(date)).replace(",", "")} ${date.slice(0, 4)}`;
}
