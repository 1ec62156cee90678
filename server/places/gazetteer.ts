import { createHash } from "node:crypto";
import { boundsOfPolygons } from "#core/geo/bounds.ts";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { createPlaceFinder, type PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { GazetteerFormat, GazetteerName } from "#core/places/gazetteer/names.ts";
import { postcodeKey, streetKey } from "#core/places/gazetteer/names.ts";
import {
  createGazetteerReader,
  type GazetteerFile,
} from "#core/places/gazetteer/read-gazetteer.ts";
import { isWithin, type Region } from "#core/places/place.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import type { Area } from "#core/places/wire/places.ts";
import type { Actor } from "#core/role.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { type ImportSource, newDecoder } from "#server/files/import-source.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import {
  deleteGazetteer,
  insertGazetteer,
  insertNames,
  loadMatchedNames,
  type StoredName,
} from "#server/places/queries/gazetteer.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export interface GazetteerGiven {
  readonly fileName: string;
  readonly format: GazetteerFormat;
  readonly rows: number;
  readonly outside: number;
  readonly names: readonly GazetteerName[];
}

/** The names of one file as one gazetteer, in one transaction: all of them or none. */
export async function storeGazetteer(
  { config, db, addDetail }: Pick<ActServices, "config" | "db" | "addDetail">,
  actor: Actor,
  given: GazetteerGiven,
): Promise<GazetteerResult> {
  const { fileName, format, rows, outside, names } = given;
  const kept = names.length;
  const notKept = rows - outside - kept;
  addDetail({ format, rows, kept });
  const result = await withOptions(db, { long: true, grows: true }).transaction(
    actor,
    async (tx) => {
      const areas = await loadAreas(tx);
      const region = importRegion(config, areas);
      const stray = names.find(({ at }) => !isWithin(region, at));
      if (stray || notKept < 0) {
        throw new Problem(
          422,
          "This gazetteer cannot be imported",
          stray
            ? `It has a name outside the area of ${region.name}. Nothing was imported.`
            : "It has more names than rows. Nothing was imported.",
        );
      }
      const boroughOf = createBoroughLookup(areas);
      const stored = names.map(
        (name): StoredName => ({
          ...name,
          key: keyOf(name),
          cell: cellAt(name.at, eventResolution),
          borough: name.borough ?? boroughOf(name.at),
        }),
      );
      const id = await insertGazetteer(tx, {
        person: actor.person,
        fileName,
        format,
        contentSha256: hashOf(stored),
        rows,
        kept,
        outside,
        notKept,
      });
      if (id === null) {
        throw new Problem(
          409,
          "Already imported",
          "A gazetteer with the same names was already imported. Remove it first to import it again. Nothing was imported.",
        );
      }
      await insertNames(tx, id, stored);
      addDetail({ gazetteer: id });
      const streets = names.filter(({ kind }) => kind === "street").length;
      return { gazetteer: id, streets, postcodes: kept - streets };
    },
  );
  forgetPlaces(db);
  return { ...result, fileName, format, rows, kept, outside, notKept };
}

function keyOf({ kind, name }: GazetteerName): string {
  return (kind === "street" ? streetKey(name) : postcodeKey(name)) || name;
}

function hashOf(names: readonly StoredName[]): string {
  const hash = createHash("sha256");
  for (const { kind, name, at, reach, borough, locality, district } of names) {
    const [lng, lat] = at.map((degrees) => degrees.toFixed(6));
    hash.update(`${JSON.stringify([kind, name, lng, lat, reach, borough, locality, district])}\n`);
  }
  return hash.digest("hex");
}

/** Where the source does not say it, the borough that holds the point. */
function createBoroughLookup(areas: readonly Area[]): (at: GazetteerName["at"]) => string | null {
  const boroughs = areas
    .filter(({ kind }) => kind === "borough" || kind === "neighbour")
    .map((area) => ({ ...area, ...boundsOfPolygons(area.polygons) }));
  return ([lng, lat]) =>
    boroughs.find(
      ({ west, south, east, north, polygons }) =>
        lng >= west &&
        lng <= east &&
        lat >= south &&
        lat <= north &&
        isInsidePolygons([lng, lat], polygons),
    )?.name ?? null;
}

export interface GazetteerProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number | null;
}

/** A gazetteer file piece by piece; nothing is written while it is read. */
export async function readGazetteerFile(
  source: ImportSource,
  region: Region,
  signal: AbortSignal,
  onProgress: (progress: GazetteerProgress) => void,
): Promise<GazetteerFile> {
  const reader = createGazetteerReader(region);
  const decoder = createTextReader(newDecoder);
  let bytes = 0;
  for await (const piece of source.open()) {
    signal.throwIfAborted();
    bytes += piece.length;
    reader.push(decoder.push(piece));
    onProgress({ rows: reader.rows(), bytes, totalBytes: source.totalBytes });
  }
  reader.push(decoder.finish());
  return reader.finish();
}

/** Takes a gazetteer away with its names; events that were placed by it stay where they are. */
export async function removeGazetteer(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  id: number,
): Promise<{ gazetteer: number; removed: number }> {
  addDetail({ gazetteer: id });
  const removed = await withOptions(db, { long: true }).transaction(actor, async (tx) => {
    const kept = await deleteGazetteer(tx, id);
    if (kept !== null) return kept;
    throw new Problem(
      404,
      "No such gazetteer",
      `There is no gazetteer ${id}; it may have been removed.`,
    );
  });
  forgetPlaces(db);
  return { gazetteer: id, removed };
}

/** For a command, which reads the file in its own process. */
export async function loadPlaceFinder(tx: Transaction): Promise<PlaceFinder> {
  const names = await loadMatchedNames(tx);
  return createPlaceFinder(
    names.map(({ kind, name, cell, reach, borough, locality, district }) => ({
      kind,
      name,
      cell,
      reach,
      within: [borough, locality, district].filter((text) => text !== null),
    })),
  );
}
