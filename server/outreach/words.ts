import type { Zone } from "#core/time/zone.ts";

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
