import { disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { cellsBeside } from "#core/protected-time/lattice.ts";
import type { Closure } from "#core/protected-time/protected.ts";
import { latticeResolution, radiusClassesM } from "#core/protected-time/settings.ts";
import { addDays, dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** Per lattice cell: on one weekday for a season, and on a single day. */
const chances = { weekly: 1 / 29, once: 1 / 58 };
/** Wall-clock half hours: a time may begin at any of them, and lasts 2 to 7 hours. */
const starts = 48;
const shortest = 4;
const lengths = 11;
/** As many of seven cells as partners choose "wider". */
const widerShare = 1 / 6;
/** Most rings that a footprint reaches around any usual lattice cell it is drawn for. */
const reachCells = 6;
/** Recent footprints; a window is often tried again at another time. */
const known = new Map<string, readonly H3Cell[]>();
const mostKnown = 2_000;

/** Uniform in [0, 1), the same for the same words, unpredictable without the key. */
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
  const asked = new Set(cells.map((cell) => parentCell(cell, latticeResolution)));
  const around = [...new Set([...asked].flatMap((place) => disk(place, reachCells)))];
  // One may have begun the evening before.
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
  // Each place has its own phase, so that no day redraws all places.
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

function cellsOf(draw: KeyedDraw, place: H3Cell, words: string): readonly H3Cell[] {
  const isWide = draw(`${words} wider`) < widerShare;
  const lattice = isWide ? cellsBeside(place) : [place];
  const classM = radiusClassesM[Math.floor(draw(`${words} size`) * radiusClassesM.length)] ?? 150;
  const key = `${lattice.join()} ${classM}`;
  const cells = known.get(key) ?? footprintOf({ lattice, classM });
  if (known.size >= mostKnown) known.clear();
  known.set(key, cells);
  return cells;
}

function daysOf(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * Times without patrols beyond the line as a comparison for patrols' effect. They imitate visits: the footprint of a lattice cell, at any hour, as long as a visit
 * with its margins, some weekly for a quarter of a year and some once. A neighbour that asks "does
 * our patrol fit?" and hears "choose another time" cannot tell them from outreach, and so cannot
 * detect any (SAFEGUARDS 5).
 */
const weeksEach = 13;
