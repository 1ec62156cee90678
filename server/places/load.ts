import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { commandStudySet } from "#core/places/command.ts";
import { neighbourhoodArea, neighbourhoods } from "#core/places/neighbourhood.ts";
import { type Area, area, edgeLine, type Gazetteer } from "#core/places/wire/places.ts";
import { parseGazetteer } from "#data/places/parse-gazetteer.ts";
import { type Database, systemActor, type Transaction, withOptions } from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
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

export interface BundledPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly z.infer<typeof edgeLine>[];
  readonly gazetteer: Gazetteer;
}

const folder = new URL("../../data/places/", import.meta.url);

/** SHA-256 over the three files: tells whether a database holds this very set. */
function bundledDigest(): string {
  return createHash("sha256").update(readTexts().join("\0")).digest("hex");
}

let read: BundledPlaces | null = null;

/** What every clone carries in data/places, with the neighbourhoods that follow from it; worked out once. */
export function readBundledPlaces(): BundledPlaces {
  read ??= workOut();
  return read;
}

function readTexts(): string[] {
  return ["areas.geojson", "edges.geojson", "gazetteer.ndjson"].map((name) =>
    readFileSync(new URL(name, folder), "utf8"),
  );
}

function workOut(): BundledPlaces {
  const [areasText = "", edgesText = "", gazetteerText = ""] = readTexts();
  const boundaries = areaCollection.parse(JSON.parse(areasText)).features.map((feature) => ({
    ...feature.properties,
    polygons: feature.geometry.coordinates,
  }));
  const edges = edgeCollection.parse(JSON.parse(edgesText)).features.map((feature) => ({
    ...feature.properties,
    lines: feature.geometry.coordinates,
  }));
  const names = parseGazetteer(gazetteerText);
  const around = neighbourhoods(names.neighbourhoods, commandStudySet(boundaries));
  return {
    areas: [...boundaries, ...around.map(neighbourhoodArea)],
    edges,
    gazetteer: names,
  };
}

const areaCollection = z.object({
  features: z.array(
    z.object({
      properties: area.omit({ polygons: true }),
      geometry: z.object({ type: z.literal("MultiPolygon"), coordinates: area.shape.polygons }),
    }),
  ),
});

const edgeCollection = z.object({
  features: z.array(
    z.object({
      properties: edgeLine.omit({ lines: true }),
      geometry: z.object({ type: z.literal("MultiLineString"), coordinates: edgeLine.shape.lines }),
    }),
  ),
});
