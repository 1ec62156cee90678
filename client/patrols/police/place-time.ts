import type { PlaceAndTime } from "#client/patrols/police/police-api.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { dayMs, formatInstant, parseLocal, type Zone } from "#core/time/zone.ts";

/** What somebody has chosen and typed so far. */
export interface PlaceTimeDraft {
  readonly cell: H3Cell | null;
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

export type PlaceTimeFaults = Partial<Record<keyof PlaceTimeDraft, string>>;

/** Read as London wall clock; an end at or before the start lies on the next day. */
export function readPlaceTime(
  zone: Zone,
  { cell, date, from, to }: PlaceTimeDraft,
): { readonly ok: true; readonly value: PlaceAndTime } | { ok: false; faults: PlaceTimeFaults } {
  const faults: PlaceTimeFaults = {
    ...(cell === null && { cell: "Choose the place: search for it, or point at it on the map." }),
    ...(!/^\d{4}-\d\d-\d\d$/.test(date) && { date: "Give the day." }),
    ...(!isTime(from) && { from: "Give the time, such as 21:30." }),
    ...(!isTime(to) && { to: "Give the time, such as 22:15." }),
  };
  if (cell === null || Object.keys(faults).length > 0) return { ok: false, faults };
  const start = parseLocal(`${date}T${from}`);
  const sameDay = parseLocal(`${date}T${to}`);
  const end = sameDay > start ? sameDay : sameDay + dayMs;
  // In the hour that clocks repeat the longer stretch is meant.
  const instant = (local: number, reading: "earlier" | "later") =>
    formatInstant(zone, zone.toInstant(local, reading));
  return {
    ok: true,
    value: { cell, from: instant(start, "earlier"), to: instant(end, "later") },
  };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
