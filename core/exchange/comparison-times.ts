import type { Closure } from "#core/blackouts/protected.ts";
import {
  disk,
  eventResolution,
  type H3Cell,
  parentCell,
  unpackCells,
  zoneResolution,
} from "#core/geo/cell.ts";
import { addDays, dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/**
 * Times that are left without patrols beyond the line, so that what patrols do has something to be
 * compared with, as control days are on this side. They are as long as a visit and come back each week
 * for a quarter of a year, as visits do: a neighbour that asks "does our patrol fit?" and hears "choose
 * another time" cannot tell one from the other, and so not whether any outreach is there (SAFEGUARDS 5).
 */
const weeksEach = 13;
/** Of one zone on one weekday; a time closes the zones around as well, so about one in four is closed. */
const chance = 1 / 24;
/** In half hours of the wall clock: from 08:00 to 02:00 one may begin, and it lasts 2 to 4.5 hours. */
const firstStart = 16;
const starts = 37;
const shortest = 4;
const lengths = 6;

/** Uniform in [0, 1), the same for the same words, and known to nobody who has not the key. */
export type KeyedDraw = (words: string) => number;

/** Those of the zones around these cells that touch [from, to). */
export function comparisonTimes(input: {
  readonly zone: Zone;
  readonly draw: KeyedDraw;
  readonly cells: readonly H3Cell[];
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
}): Closure[] {
  const { zone, draw, from, to } = input;
  const asked = new Set(input.cells.map((cell) => parentCell(cell, zoneResolution)));
  const around = [...new Set([...asked].flatMap((place) => disk(place, 1)))];
  // One may have begun on the evening before.
  const days = daysOf(addDays(zone.dateOf(from), -1), zone.dateOf(to));
  return around.flatMap((place) =>
    days.flatMap((day) => {
      const time = timeOf(zone, draw, place, day);
      if (time === null || time.from >= to || time.to <= from) return [];
      return [{ cells: unpackCells(disk(place, 1), eventResolution), ...time }];
    }),
  );
}

function timeOf(
  zone: Zone,
  draw: KeyedDraw,
  place: H3Cell,
  day: string,
): { readonly from: number; readonly to: number } | null {
  const number = Math.floor(parseLocalDate(day) / dayMs);
  const season = Math.floor(number / (7 * weeksEach));
  const words = `${place} ${number % 7} ${season}`;
  if (draw(`${words} whether`) >= chance) return null;
  const start = firstStart + Math.floor(draw(`${words} start`) * starts);
  const length = shortest + Math.floor(draw(`${words} length`) * lengths);
  const local = (halfHours: number) =>
    zone.toInstant(parseLocalDate(day) + halfHours * 30 * minuteMs, "earlier");
  return { from: local(start), to: local(start + length) };
}

function daysOf(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
