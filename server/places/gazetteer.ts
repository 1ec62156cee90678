import { createHash } from "node:crypto";
import { isWithin } from "#core/geo/bounds.ts";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { createPlaceFinder, type PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import {
  type GazetteerName,
  knownName,
  postcodeKey,
  streetKey,
} from "#core/places/gazetteer/names.ts";
import type * as wire from "#core/places/wire/gazetteer.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import * as stored from "#server/places/queries/gazetteer.ts";
import { createAreaLookup, importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export interface GazetteerGiven extends Omit<wire.NewGazetteer, "names"> {
  readonly names: readonly GazetteerName[];
}

/** The names of one file as one gazetteer, in one transaction: all of them or none. */
export async function storeGazetteer(
  { config, db, addDetail }: Pick<ActServices, "config" | "db" | "addDetail">,
  actor: Actor,
  { fileName, format, rows, outside, names }: GazetteerGiven,
): Promise<wire.GazetteerResult> {
  const kept = names.length;
  const notKept = rows - outside - kept;
  const streets = names.filter(({ kind }) => kind === "street").length;
  const head = { fileName, format, rows, kept, outside, notKept };
  addDetail({ format, rows, kept });
  const gazetteer = await withOptions(db, { long: true, grows: true }).transaction(
    actor,
    async (tx) => {
      const areas = await loadAreas(tx);
      const region = importRegion(config, areas);
      if (!names.every(({ at }) => isWithin(region, at))) {
        throw refused(`It has a name outside the area of ${region.name}.`);
      }
      if (notKept < 0) throw refused("It has more names than rows.");
      // Where the source does not say it, the borough that holds the point.
      const areaAt = createAreaLookup(areas, ["borough", "neighbour"]);
      const placed = names.map((name) => ({
        ...name,
        key: keyOf(name),
        cell: cellAt(name.at, eventResolution),
        borough: name.borough ?? areaAt(name.at)?.name ?? null,
      }));
      const { person } = actor;
      const added = { ...head, person, contentSha256: hashOf(placed) };
      const id = await stored.insertGazetteer(tx, added);
      if (id === null) {
        throw new Problem(
          409,
          "Already imported",
          "A gazetteer with the same names was already imported. Remove it first to import it again. Nothing was imported.",
        );
      }
      await stored.insertNames(tx, id, placed);
      addDetail({ gazetteer: id });
      return id;
    },
  );
  forgetPlaces(db);
  return { gazetteer, streets, postcodes: kept - streets, ...head };
}

function refused(why: string): Problem {
  return new Problem(422, "This gazetteer cannot be imported", `${why} Nothing was imported.`);
}

function keyOf({ kind, name }: GazetteerName): string {
  return (kind === "street" ? streetKey(name) : postcodeKey(name)) || name;
}

function hashOf(names: readonly GazetteerName[]): string {
  const hash = createHash("sha256");
  for (const { kind, name, at, reach, borough, locality, district } of names) {
    const [lng, lat] = at.map((degrees) => degrees.toFixed(6));
    hash.update(`${JSON.stringify([kind, name, lng, lat, reach, borough, locality, district])}\n`);
  }
  return hash.digest("hex");
}

/** Takes a gazetteer away with its names; events that were placed by it stay where they are. */
export async function removeGazetteer(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  gazetteer: number,
): Promise<{ gazetteer: number; removed: number }> {
  addDetail({ gazetteer });
  const removed = await withOptions(db, { long: true }).transaction(actor, async (tx) => {
    const kept = await stored.deleteGazetteer(tx, gazetteer);
    if (kept !== null) return kept;
    const detail = `There is no gazetteer ${gazetteer}; it may have been removed.`;
    throw new Problem(404, "No such gazetteer", detail);
  });
  forgetPlaces(db);
  return { gazetteer, removed };
}

/** For a command, which reads the file in its own process. */
export async function loadPlaceFinder(tx: Transaction): Promise<PlaceFinder> {
  const names = await stored.loadMatchedNames(tx);
  return createPlaceFinder(names.map(knownName));
}
