import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PlacePack } from "#core/place-pack.ts";
import { commandStudySet } from "#core/places/command.ts";
import { neighbourhoodArea, neighbourhoods } from "#core/places/neighbourhood.ts";
import { area, edgeLine } from "#core/places/wire/places.ts";
import { parseGazetteer } from "#data/places/parse-gazetteer.ts";
import { ConfigError } from "#server/config-error.ts";
import {
  type Database,
  databaseBehind,
  systemActor,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { ownPackFolder, packFault, readPackHead } from "#server/place-pack.ts";
import * as stored from "#server/places/areas.ts";
import { type BundledPlaces, type PackContent, packSense } from "#server/places/check-pack.ts";
import {
  areMoving,
  type HeldPlaces,
  wasMoved,
  writePlaces,
} from "#server/places/move/kept-places.ts";
import { Problem } from "#server/problem.ts";

/**
 * Fills a database with a pack of places, as part of the set-up, and says so; null where this very
 * set is present. Areas of other kinds, such as wards, stay. A database with another pack is
 * refused: its cells, areas and names belong to other streets. One that is in use keeps its
 * boundaries: they change by a move alone, which is dated and keeps those of before.
 */
export async function fillPlaces(
  db: Database,
  folder: string = ownPackFolder,
  timeZone: string = readPackHead(folder).timeZone,
): Promise<string | null> {
  const { digest, pack } = readHead(folder);
  return withOptions(db, { long: true }).transaction(systemActor, async (tx) => {
    if (await areMoving(tx)) {
      throw new ConfigError(
        'The boundaries of this database are being moved ("boxster places move"). Start again when that is done.',
      );
    }
    const held = await readSetting<HeldPlaces>(tx, stored.placesKey);
    if (held) await refuseOtherPlaces(tx, held, { folder, code: pack.code, timeZone });
    const hasPlaces = held?.digest === digest;
    if (hasPlaces && held.timeZone && isDeepStrictEqual(held.pack, pack)) return null;
    const loaded = loadPack(folder);
    const said = hasPlaces ? null : await writeChanged(tx, loaded, held !== null);
    if (said === null && !hasPlaces) return staysWords(folder);
    await writeSetting(tx, stored.placesKey, { digest, pack, timeZone } satisfies HeldPlaces);
    return said;
  });
}

async function refuseOtherPlaces(
  tx: Transaction,
  held: HeldPlaces,
  given: { readonly folder: string; readonly code: string; readonly timeZone: string },
): Promise<void> {
  const { code } = packOf(held);
  if (code !== given.code) {
    const names =
      given.folder === ownPackFolder
        ? `BOXSTER_PLACES is not set, which names "${given.code}"`
        : `BOXSTER_PLACES names "${given.code}" (${given.folder})`;
    throw new ConfigError(
      `This database is for the places "${code}", and ${names}. ${
        (await wasMoved(tx))
          ? `Its boundaries were moved: set BOXSTER_PLACES to the folder of "${code}" for every start and command.`
          : `Each command has a database of its own: name another one, or the folder of "${code}". Where the command was redrawn, "boxster places move FOLDER" takes this one over.`
      }`,
    );
  }
  if (held.timeZone && held.timeZone !== given.timeZone) {
    throw new ConfigError(
      `This database keeps the clock of ${held.timeZone}, and pack.json or BOXSTER_TZ names ${given.timeZone}. Sessions and patrols are stored by its clock, so it stays: set it back, or use another database.`,
    );
  }
}

/** In words; null where nothing was written, for its boundaries are others than those in use. */
async function writeChanged(tx: Transaction, pack: LoadedPack, isThere: boolean) {
  if (isThere && (await usedTables(tx)).length > 0) {
    const now = { areas: await stored.loadAreas(tx), edges: await stored.loadEdges(tx) };
    if (!isDeepStrictEqual(drawn(now), drawn(pack))) return null;
    await stored.replaceGazetteer(tx, pack.gazetteer);
    return "The pack has other names of places than before; they are in.";
  }
  // Imported boroughs go with it, so not for changed wording, nor for a pack that only gained a
  // head.
  await writePlaces(tx, pack);
  return "Boundaries and place names are in.";
}

const staysWords = (folder: string) =>
  `The boundaries in ${folder} are not those of this database, which stay, and its names with them: records and releases were counted by them. Put the old files back, or make a pack in a folder of another name and run "boxster places move FOLDER".`;

/** As the database gives them again, in five decimals; wards follow no pack. */
function drawn({ areas, edges }: Pick<LoadedPack, "areas" | "edges">): unknown {
  const lines = [
    ...areas.filter(({ kind }) => kind !== "ward").map((one) => [one.code, one] as const),
    ...edges.map((one) => [`edge ${one.neighbour}`, one] as const),
  ];
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(5)) : value;
  return JSON.parse(JSON.stringify(Object.fromEntries(lines), rounded));
}

/** The pack that a database is for; null before any places are in. */
export async function heldPack(tx: Transaction): Promise<PlacePack | null> {
  const held = await readSetting<HeldPlaces>(tx, stored.placesKey);
  return held && packOf(held);
}

/** The pack as its boundaries came in: refused where its files changed since. Call it outside transactions. */
export async function packInUse(db: Database, folder: string): Promise<LoadedPack> {
  const pack = loadPack(folder);
  const held = await databaseBehind(db).transaction(systemActor, (tx) =>
    readSetting<HeldPlaces>(tx, stored.placesKey),
  );
  if (held?.digest === pack.digest) return pack;
  const detail =
    "The files of these places changed since their boundaries came in. The operator has to put the old files back first.";
  throw new Problem(409, "The files of the places changed", detail);
}

export function packOf({ pack }: HeldPlaces): PlacePack {
  return pack ?? readPackHead(ownPackFolder);
}

export interface LoadedPack extends PackContent {
  /** SHA-256 of the files beside `pack.json`. */
  readonly digest: string;
}

const files = ["areas.geojson", "edges.geojson", "gazetteer.ndjson"] as const;

function readHead(folder: string) {
  const pack = readPackHead(folder);
  const texts = files.map((name) => readText(folder, name));
  const digest = createHash("sha256").update(texts.join("\0")).digest("hex");
  return { digest, pack, texts };
}

const loadedPacks = new Map<string, LoadedPack>();

/** Cached; includes derived neighbourhoods. */
export function loadPack(folder: string = ownPackFolder): LoadedPack {
  const { digest, pack, texts } = readHead(folder);
  const known = loadedPacks.get(folder);
  if (known?.digest === digest && isDeepStrictEqual(known.pack, pack)) return known;
  const read = { digest, pack, ...workOut(folder, pack, texts) };
  loadedPacks.set(folder, read);
  return read;
}

function readText(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch (cause) {
    throw packFault(folder, name, "cannot be read", cause);
  }
}

function workOut(folder: string, pack: PlacePack, texts: readonly string[]): BundledPlaces {
  const parsed = <Value>(name: (typeof files)[number], parse: (text: string) => Value): Value => {
    try {
      return parse(texts[files.indexOf(name)] ?? "");
    } catch (cause) {
      throw packFault(folder, name, `is not as it should be: ${firstIssue(cause)}`, cause);
    }
  };
  const boundaries = parsed("areas.geojson", (text) =>
    areaCollection.parse(JSON.parse(text)).features.map(({ properties, geometry }) => ({
      ...properties,
      polygons: geometry.coordinates,
    })),
  );
  const edges = parsed("edges.geojson", (text) =>
    edgeCollection.parse(JSON.parse(text)).features.map(({ properties, geometry }) => ({
      ...properties,
      lines: geometry.coordinates,
    })),
  );
  const names = parsed("gazetteer.ndjson", parseGazetteer);
  const fault = packSense(pack, { areas: boundaries, edges, gazetteer: names });
  if (fault) throw packFault(folder, fault.file, `makes no sense: ${fault.what}`);
  const around = neighbourhoods(names.neighbourhoods, commandStudySet(boundaries));
  return { areas: [...boundaries, ...around.map(neighbourhoodArea)], edges, gazetteer: names };
}

function firstIssue(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return (cause as Error).message;
  const [issue] = cause.issues;
  return issue ? `${issue.path.join(".")}: ${issue.message}` : cause.message;
}

const areaCollection = collectionOf(
  area.omit({ polygons: true }),
  "MultiPolygon",
  area.shape.polygons,
);
const edgeCollection = collectionOf(
  edgeLine.omit({ lines: true }),
  "MultiLineString",
  edgeLine.shape.lines,
);

function collectionOf<Properties extends z.ZodType, Coordinates extends z.ZodType>(
  properties: Properties,
  type: string,
  coordinates: Coordinates,
) {
  const geometry = z.object({ type: z.literal(type), coordinates });
  return z.object({ features: z.array(z.object({ properties, geometry })) });
}
