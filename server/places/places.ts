import { createHash } from "node:crypto";
import { type H3Cell, packCells } from "#core/geo/cell.ts";
import { onceFor } from "#core/once-for.ts";
import { commandStudySet, namedStudySet, studyAreas } from "#core/places/command.ts";
import { isDrawn } from "#core/places/drawn-area.ts";
import { type EdgeZone, edgeZones } from "#core/places/edge-zone.ts";
import { type Neighbourhood, neighbourhoods } from "#core/places/neighbourhood.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { type PublicAreas, publicAreas } from "#core/places/public-areas.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import type { Services } from "#server/acts/services.ts";
import {
  type Database,
  databaseBehind,
  systemActor,
  type Transaction,
} from "#server/db/database.ts";
import { refuseInsideTransaction } from "#server/db/transaction.ts";
import { ownPackFolder, readPackHead } from "#server/place-pack.ts";
import * as stored from "#server/places/areas.ts";
import { heldPack } from "#server/places/load.ts";
import { loadMoves, type PlaceMove } from "#server/places/move/kept-places.ts";
import { Problem } from "#server/problem.ts";

/** All of the reply but the streets, which are a file beside the database. */
export type StoredPlaces = Omit<PlacesReply, "basemap">;

export interface Places {
  readonly reply: StoredPlaces;
  readonly command: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  readonly neighbourhoods: readonly Neighbourhood[];
  readonly nameOf: (cell: H3Cell) => string;
  readonly otherNames: Readonly<Record<string, string>>;
  /** Onto these places, the first one first. */
  readonly moves: readonly PlaceMove[];
}

interface Held {
  readonly version: string;
  /** `performance.now()` of the last look at the version. */
  readonly lookedAt: number;
  readonly places: Promise<Places>;
}

const held = new WeakMap<Database, Held>();
/** Boundaries may be imported by another process: how long old ones are used at most. */
const trustedMs = 2_000;

/** Call outside transactions: it opens its own. */
export async function placesOf(services: Pick<Services, "db">): Promise<Places> {
  refuseInsideTransaction();
  const db = databaseBehind(services.db);
  const known = held.get(db);
  const lookedAt = performance.now();
  if (known && lookedAt - known.lookedAt < trustedMs) return known.places;
  const version = await db.transaction(systemActor, stored.placesVersion);
  const now = held.get(db);
  if (now?.version === version) {
    held.set(db, { ...now, lookedAt });
    return now.places;
  }
  // Databases of one process with equal content share the parts; the outer object is per database,
  // as it keys cached answers.
  const places = db.transaction(systemActor, loadAll).then((loaded) => ({ ...placesFrom(loaded) }));
  held.set(db, { version, lookedAt, places });
  places.catch(() => held.delete(db));
  return places;
}

type Loaded = Awaited<ReturnType<typeof loadAll>>;

async function loadAll(tx: Transaction) {
  const pack = (await heldPack(tx)) ?? readPackHead(ownPackFolder);
  const { name, grid, mainRoads, attributions, otherNames = {} } = pack;
  const reply = {
    areas: await stored.loadAreas(tx),
    edges: await stored.loadEdges(tx),
    gazetteer: await stored.loadGazetteer(tx),
    name,
    grid,
    mainRoads: [...mainRoads],
    attributions: [...attributions],
  };
  const moves = await loadMoves(tx);
  return { reply, fineAreas: await stored.loadFineAreas(tx), otherNames, moves };
}

export function forgetPlaces(db: Database): void {
  held.delete(databaseBehind(db));
}

/** Of the whole command unless an area is named. */
export async function studySet(services: Pick<Services, "db">, areaName?: string) {
  const { command, reply } = await placesOf(services);
  const found = areaName === undefined ? command : namedStudySet(reply, command, areaName);
  if (found === null) {
    const detail = `There is no area "${areaName}". ${areasThereAre(command, reply)}`;
    throw new Problem(404, "No such area", detail);
  }
  if (found.cells.length > 0 || areaName === undefined || !isDrawn(areaName)) return found;
  throw new Problem(
    422,
    "Area too small",
    "The drawn area contains no cell centre, so there is nothing to count. Draw it larger.",
  );
}

function areasThereAre(command: StudySet, { areas, studyAreas }: StoredPlaces): string {
  const boroughs = areas.filter(({ kind }) => kind === "borough").map(({ name }) => name);
  const named = studyAreas.filter(({ kind }) => kind === "ward" || kind === "neighbourhood");
  const names = new Set([command.name, ...boroughs, ...named.map(({ name }) => name)]);
  const fine = studyAreas.length - named.length;
  const more = fine === 0 ? "" : `; and ${fine} LSOAs and beats, each by its name or code`;
  return `Areas: ${[...names].join("; ")}${more}.`;
}

/** The slow part; unaffected by wards, LSOAs, beats or streets. */
const groundFrom = keepLast(
  ({ areas, edges, name }: Pick<PlacesReply, "areas" | "edges" | "name">) => {
    const command = commandStudySet(areas, name);
    return { command, zones: edgeZones(areas, edges, command) };
  },
);

const placesFrom = keepLast(workOut);

function keepLast<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
  let last: { readonly digest: string; readonly made: Made } | null = null;
  return (given) => {
    const digest = createHash("sha256").update(JSON.stringify(given)).digest("hex");
    if (last?.digest !== digest) last = { digest, made: make(given) };
    return last.made;
  };
}

function workOut({ reply, fineAreas, otherNames, moves }: Loaded): Places {
  const { edges, name, gazetteer } = reply;
  const areas = reply.areas.filter(({ kind }) => kind === "borough");
  const { command, zones } = groundFrom({ areas, edges, name });
  const inner = reply.areas.filter(({ kind }) => kind === "ward" || kind === "neighbourhood");
  return {
    reply: {
      ...reply,
      command: packCells(command.cells),
      studyAreas: studyAreas([...inner, ...fineAreas], command),
    },
    command,
    edgeZones: zones,
    neighbourhoods: neighbourhoods(gazetteer.neighbourhoods, command),
    nameOf: createPlaceNamer(gazetteer),
    otherNames,
    moves,
  };
}

/** First day of the present boundaries; null where they were never moved. */
export function lastMoveOf({ moves }: Pick<Places, "moves">): string | null {
  return moves.at(-1)?.movedOn ?? null;
}

export function fixedAreas({ reply }: Places): PublicAreas {
  return fixedAreasOf(reply);
}

const fixedAreasOf = onceFor(({ areas, gazetteer, name }: StoredPlaces) =>
  publicAreas(areas, gazetteer.neighbourhoods, name),
);
