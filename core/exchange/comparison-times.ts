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
 * compared with, as control days are on this side. They are made as visits are seen: of the size and shape of a
 * footprint, at any hour of the clock, as long as a visit with its margins, some each week for a quarter of a
 * year and some once. A neighbour that asks "does our patrol fit?" and hears "choose another time" cannot
 * tell one from the other, and so not whether any outreach is there (SAFEGUARDS 5).
 */
const weeksEach = 13;
/** Around one middle on one weekday, for a season; and on one day alone. */
const chances = { weekly: 1 / 24, once: 1 / 48 };
/** In half hours of the wall clock: one may begin at any of them, and lasts 2 to 7 hours. */
const starts = 48;
const shortest = 4;
const lengths = 11;
/** Rings of cells of resolution 10 around its middle: footprints of venues of up to 400 m have as many. */
const rings = { least: 2, most: 7 };
/** A footprint reaches no farther than this many rings of zones around the zone of its middle. */
const reachZones = 4;

/** Uniform in [0, 1), the same for the same words, and known to nobody who has not the key. */
export type KeyedDraw = (words: string) => number;

interface Asked {
  readonly zone: Zone;
  readonly draw: KeyedDraw;
  readonly cells: readonly H3Cell[];
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
}

/** Those near these cells that touch [from, to). */
export function comparisonTimes({ zone, draw, cells, from, to }: Asked): Closure[] {
  const asked = new Set(cells.map((cell) => parentCell(cell, zoneResolution)));
  const around = [...new Set([...asked].flatMap((place) => disk(place, reachZones)))];
  // One may have begun on the evening before.
  const days = daysOf(addDays(zone.dateOf(from), -1), zone.dateOf(to));
  return around.flatMap((place) => {
    const times = days.flatMap((day) => timesOf(zone, draw, place, day));
    return times
      .filter((time) => time.from < to && time.to > from)
      .map(({ words, ...time }) => ({ cells: cellsOf(draw, place, words), ...time }));
  });
}

interface Time {
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

function timesOf(zone: Zone, draw: KeyedDraw, place: H3Cell, day: string): Time[] {
  const number = Math.floor(parseLocalDate(day) / dayMs);
  // Each place has its own season, so that on no day all of them are drawn anew.
  const phase = Math.floor(draw(`${place} phase`) * 7 * weeksEach);
  const season = Math.floor((number + phase) / (7 * weeksEach));
  const draws = [
    { words: `${place} ${number % 7} ${season}`, chance: chances.weekly },
    { words: `${place} once ${number}`, chance: chances.once },
  ];
  return draws
    .filter(({ words, chance }) => draw(`${words} whether`) < chance)
    .map(({ words }) => {
      const start = Math.floor(draw(`${words} start`) * starts);
      const length = shortest + Math.floor(draw(`${words} length`) * lengths);
      const local = (halfHours: number) =>
        zone.toInstant(parseLocalDate(day) + halfHours * 30 * minuteMs, "earlier");
      return { words, from: local(start), to: local(start + length) };
    });
}

/** Round a middle anywhere in the place, as a footprint is round a venue that was moved by chance. */
function cellsOf(draw: KeyedDraw, place: H3Cell, words: string): H3Cell[] {
  const inside = unpackCells([place], eventResolution);
  const middle = inside[Math.floor(draw(`${words} middle`) * inside.length)] ?? place;
  const spread = rings.most - rings.least + 1;
  return disk(middle, rings.least + Math.floor(draw(`${words} size`) * spread));
}

function daysOf(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
