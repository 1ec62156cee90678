import type { Gazetteer } from "#core/places/wire/places.ts";
import { type Database, systemActor, type Transaction, withOptions } from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { type BundledPlaces, bundledDigest, readBundledPlaces } from "#server/places/bundled.ts";
import {
  deleteAreas,
  insertAreas,
  type NamedPlaceRow,
  placesKey,
  replaceEdges,
  replaceNamedPlaces,
  replaceRoads,
} from "#server/places/queries/areas.ts";
import { deleteBoundarySet } from "#server/places/queries/boundaries.ts";

/**
 * Fills a database with the places of data/places: part of the set-up of any database.
 * Does nothing where this very set is in already; areas of other kinds, such as wards, stay.
 * True when something was written.
 */
export async function fillPlaces(db: Database): Promise<boolean> {
  const digest = bundledDigest();
  return withOptions(db, { long: true }).transaction(systemActor, async (tx) => {
    const held = await readSetting<{ digest: string }>(tx, placesKey);
    if (held?.digest === digest) return false;
    await writePlaces(tx, readBundledPlaces());
    await writeSetting(tx, placesKey, { digest });
    return true;
  });
}

async function writePlaces(tx: Transaction, bundled: BundledPlaces): Promise<void> {
  await deleteAreas(tx, ["borough", "neighbour", "neighbourhood"]);
  // Lines of boroughs that were imported went with them.
  await deleteBoundarySet(tx, "borough");
  await insertAreas(tx, bundled.areas);
  await replaceEdges(tx, bundled.edges);
  await replaceRoads(tx, bundled.gazetteer.roads);
  await replaceNamedPlaces(tx, namedPlaces(bundled.gazetteer));
}

function namedPlaces(gazetteer: Gazetteer): NamedPlaceRow[] {
  type Point = { readonly name: string; readonly at: readonly [number, number] };
  const rows = (kind: NamedPlaceRow["kind"], points: readonly Point[]): NamedPlaceRow[] =>
    points.map(({ name, at: [lng, lat] }) => ({ kind, name, road: null, lng, lat }));
  return [
    ...gazetteer.corners.map(({ road, name, at: [lng, lat] }) => ({
      kind: "corner" as const,
      name,
      road,
      lng,
      lat,
    })),
    ...rows("street", gazetteer.streets),
    ...rows("station", gazetteer.stations),
    ...rows("neighbourhood", gazetteer.neighbourhoods),
  ];
}
