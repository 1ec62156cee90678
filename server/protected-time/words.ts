import { clockWords } from "#core/time/words.ts";
import { parseLocalDate, type Zone } from "#core/time/zone.ts";

/** "19:02", as on a desk screen; partners read `partnerTime`. */
export function timeOfDay(zone: Zone, instant: number): string {
  return new Date(zone.toLocal(instant)).toISOString().slice(11, 16);
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** "7:02pm" */
export function partnerTime(zone: Zone, instant: number): string {
  return clockWords(timeOfDay(zone, instant));
}

/** "Thursday 25 November, 09:10", wall clock of the zone. */
export function dayAndTime(zone: Zone, instant: number): string {
  return `${weekdayAndDay(zone, instant)}, ${timeOfDay(zone, instant)}`;
}

/** "Thursday 25 November, 9:10am"; with the year where it is not that of `now`. */
export function partnerTimeSeenFrom(zone: Zone, instant: number, now: number): string {
  const date = zone.dateOf(instant);
  const isThisYear = date.slice(0, 4) === zone.dateOf(now).slice(0, 4);
  const day = isThisYear ? weekdayAndDay(zone, instant) : dayWords(date);
  return `${day}, ${partnerTime(zone, instant)}`;
}

function weekdayAndDay(zone: Zone, instant: number): string {
  return dayFormat.format(zone.toLocal(instant)).replace(",", "");
}

/** "Wednesday 1 December 2021" */
export function dayWords(date: string): string {
  return `${dayFormat.format(parseLocalDate(date)).replace(",", "")} ${date.slice(0, 4)}`;
}
