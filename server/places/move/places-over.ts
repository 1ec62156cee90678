import { eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { type EdgeZone, edgeZones } from "#core/places/edge-zone.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import { addDays } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { databaseBehind, systemActor } from "#server/db/database.ts";
import { packOf } from "#server/places/load.ts";
import { loadKept } from "#server/places/move/kept-places.ts";
import { lastMoveOf, type Places, placesOf } from "#server/places/places.ts";

export type PlacesOver = Pick<Places, "command" | "edgeZones" | "nameOf"> & {
  /** When boundaries moved within the span, the last time; null where they did not. */
  readonly movedOn: string | null;
};

/**
 * What a span of local days is compared by: the boundaries in force on the day `linesOf`, as far as
 * their ground was watched all the while. Records of ground that came in or left within the span are
 * missing on one side of that day, and would read as a rise or a fall. Call it outside transactions.
 */
export async function placesOver(
  services: Pick<Services, "db">,
  { linesOf, from, to }: { readonly linesOf: string; readonly from: string; readonly to: string },
): Promise<PlacesOver> {
  const now = await placesOf(services);
  const within = now.moves.filter(({ movedOn }) => movedOn > from && movedOn <= to);
  const linesThen = await linesAt(services, now, linesOf);
  const movedOn = within.at(-1)?.movedOn ?? null;
  if (movedOn === null) return { ...linesThen, movedOn };
  const days = [from, ...within.map((move) => move.movedOn)];
  const watched = await Promise.all(
    days.map(async (day) => watchedGround(await linesAt(services, now, day))),
  );
  const isWatched = (cell: H3Cell) => watched.every((ground) => ground.has(cell));
  return { ...linesThen, ...narrowed(linesThen, isWatched), movedOn };
}

/** The command's cells on each day there was: by the boundaries of then, the first ones first. */
export async function commandsOver(services: Pick<Services, "db">) {
  const now = await placesOf(services);
  const days = now.moves.map(({ movedOn }) => movedOn);
  return Promise.all(
    ["", ...days].map(async (from, at) => ({
      /** First day; empty where it has none. */
      from,
      /** The day after the last one; null today. */
      until: days[at] ?? null,
      cells: (await linesAt(services, now, from)).command.cells,
    })),
  );
}

/** The day of the last move, and whether ground came in or left on it; null where boundaries never moved. */
export async function lastMoveOver(services: Pick<Services, "db">) {
  const now = await placesOf(services);
  const on = lastMoveOf(now);
  if (on === null) return null;
  const before = (await linesAt(services, now, addDays(on, -1))).command;
  const isMore = (one: StudySet, other: StudySet) =>
    one.cells.some((cell) => !other.indexOf.has(cell));
  return { on, cameIn: isMore(now.command, before), left: isMore(before, now.command) };
}

type Lines = Omit<PlacesOver, "movedOn">;

/** By the places of now, which are made anew when boundaries change. */
const held = new WeakMap<Places, Map<number, Promise<Lines>>>();

function linesAt(services: Pick<Services, "db">, now: Places, day: string): Promise<Lines> | Lines {
  const next = now.moves.find(({ movedOn }) => movedOn > day);
  if (next === undefined) return now;
  const older = held.get(now) ?? new Map<number, Promise<Lines>>();
  held.set(now, older);
  const lines = older.get(next.number) ?? readLines(services, next.number);
  older.set(next.number, lines);
  return lines;
}

async function readLines({ db }: Pick<Services, "db">, move: number): Promise<Lines> {
  const kept = await databaseBehind(db).transaction(systemActor, (tx) => loadKept(tx, move));
  const command = commandStudySet(kept.areas, packOf(kept.held).name);
  return {
    command,
    edgeZones: edgeZones(kept.areas, kept.edges, command),
    nameOf: createPlaceNamer(kept.gazetteer),
  };
}

function watchedGround({ command, edgeZones: zones }: Lines): ReadonlySet<H3Cell> {
  return new Set([...command.cells, ...zones.flatMap(({ inner, outer }) => [...inner, ...outer])]);
}

function narrowed(
  { command, edgeZones: zones }: Lines,
  isWatched: (cell: H3Cell) => boolean,
): { readonly command: StudySet; readonly edgeZones: readonly EdgeZone[] } {
  return {
    command: createStudySet(command.name, eventResolution, command.cells.filter(isWatched)),
    edgeZones: zones.map(({ inner, outer, ...zone }) => ({
      ...zone,
      inner: inner.filter(isWatched),
      outer: outer.filter(isWatched),
    })),
  };
}
