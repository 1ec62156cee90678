import { createHash } from "node:crypto";
import { z } from "zod";
import { isWithin } from "#core/geo/bounds.ts";
import { cellAt, cellToDecimal, eventResolution } from "#core/geo/cell.ts";
import { createPlaceFinder, type PlaceFinder } from "#core/places/gazetteer/find-place.ts";
import { postcodeKey, streetKey } from "#core/places/gazetteer/names.ts";
import * as wire from "#core/places/wire/gazetteer.ts";
import type { Act } from "#server/acts/services.ts";
import { chunksOf } from "#server/db/chunks.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { loadAreas } from "#server/places/areas.ts";
import { createAreaLookup, importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

/** All or nothing. */
export async function storeGazetteer(
  { config, db, actor, addDetail }: Pick<Act, "config" | "db" | "actor" | "addDetail">,
  { fileName, format, rows, outside, names }: wire.NewGazetteer,
): Promise<wire.GazetteerResult> {
  const kept = names.length;
  const notKept = rows - outside - kept;
  const streets = names.filter(({ kind }) => kind === "street").length;
  addDetail({ format, rows, kept });
  const writing = withOptions(db, { long: true, grows: true });
  const gazetteer = await writing.transaction(actor, async (tx) => {
    const areas = await loadAreas(tx);
    const region = importRegion(config, areas);
    if (!names.every(({ at }) => isWithin(region, at))) {
      throw refused(`It has a name outside the area of ${region.name}.`);
    }
    if (notKept < 0) throw refused("It has more names than rows.");
    // Where the source does not say, the borough that contains the point.
    const areaAt = createAreaLookup(areas, ["borough", "neighbour"]);
    const placed = names.map((name) => ({
      ...name,
      borough: name.borough ?? areaAt(name.at)?.name ?? null,
    }));
    const head = { person: actor.person, fileName, format, contentSha256: hashOf(placed) };
    const counts = { rowCount: rows, kept, outside, notKept };
    const id = await tx.value(
      z.int(),
      sql`${insertInto("gazetteer", { ...head, ...counts })}
        on conflict (content_sha256) do nothing returning id`,
    );
    if (id === null) {
      throw new Problem(
        409,
        "Already imported",
        "A gazetteer with the same names was already imported. Remove it first to import it again. Nothing was imported.",
      );
    }
    await insertNames(tx, id, placed);
    addDetail({ gazetteer: id });
    return id;
  });
  const head = { fileName, format, rows, kept, outside, notKept };
  return { gazetteer, streets, postcodes: kept - streets, ...head };
}

function refused(why: string): Problem {
  return new Problem(422, "This gazetteer cannot be imported", `${why} Nothing was imported.`);
}

function hashOf(names: readonly wire.GazetteerName[]): string {
  const hash = createHash("sha256");
  for (const { kind, name, at, reach, borough, locality, district } of names) {
    const [lng, lat] = at.map((degrees) => degrees.toFixed(6));
    hash.update(`${JSON.stringify([kind, name, lng, lat, reach, borough, locality, district])}\n`);
  }
  return hash.digest("hex");
}

async function insertNames(
  tx: Transaction,
  gazetteer: number,
  names: readonly wire.GazetteerName[],
) {
  for (const some of chunksOf(names)) {
    const chunk = some.map(({ at, ...name }) => ({
      ...name,
      key: (name.kind === "street" ? streetKey(name.name) : postcodeKey(name.name)) || name.name,
      cell: cellToDecimal(cellAt(at, eventResolution)),
      lng: at[0],
      lat: at[1],
    }));
    await tx.run(sql`insert into gazetteer_name (
        gazetteer_id, kind, name, name_key, at, cell, reach_m, borough, locality, district
      )
      select ${gazetteer}::int, kind, name, key, st_setsrid(st_makepoint(lng, lat), 4326), cell,
        reach, borough, locality, district
      from json_to_recordset(${JSON.stringify(chunk)}) as given (
        kind text, name text, key text, lng float8, lat float8, cell bigint, reach int,
        borough text, locality text, district text
      )`);
  }
}

/** Newest first. */
export const listGazetteers = (tx: Transaction) =>
  tx.rows(
    wire.gazetteerImport,
    sql`select ${columnsOf(wire.gazetteerImport, { as: { row_count: "rows" } })}
      from gazetteer order by id desc`,
  );

/** Takes a gazetteer away with its names; events that were placed by it stay where they are. */
export async function removeGazetteer({ db, actor, addDetail }: Act, gazetteer: number) {
  addDetail({ gazetteer });
  const removed = await withOptions(db, { long: true }).transaction(actor, async (tx) => {
    const kept = await tx.value(
      z.int(),
      sql`delete from gazetteer where id = ${gazetteer} returning kept`,
    );
    if (kept !== null) return kept;
    const detail = `There is no gazetteer ${gazetteer}; it may have been removed.`;
    throw new Problem(404, "No such gazetteer", detail);
  });
  return { gazetteer, removed };
}

/** Everything that can place rows, oldest first. */
export const loadMatchedNames = (tx: Transaction) =>
  tx.rows(
    wire.matchedName,
    sql`select ${columnsOf(wire.matchedName, { as: { reach_m: "reach" } })} from gazetteer_name order by id`,
  );

/** One each; the newest gazetteer wins. */
export const loadPostcodes = (tx: Transaction) =>
  tx.rows(
    wire.matchedName.pick({ name: true, cell: true }),
    sql`select distinct on (name) name, cell
      from gazetteer_name where kind = 'postcode' order by name, id desc`,
  );

export async function loadPlaceFinder(tx: Transaction): Promise<PlaceFinder> {
  return createPlaceFinder(await loadMatchedNames(tx));
}
