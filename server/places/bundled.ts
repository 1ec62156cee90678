import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { commandStudySet } from "#core/places/command.ts";
import { neighbourhoodArea, neighbourhoods } from "#core/places/neighbourhood.ts";
import { type Area, area, edgeLine, type Gazetteer } from "#core/places/wire/places.ts";
import { parseGazetteer } from "#data/places/parse-gazetteer.ts";

export interface BundledPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly z.infer<typeof edgeLine>[];
  readonly gazetteer: Gazetteer;
}

const folder = new URL("../../data/places/", import.meta.url);

/** SHA-256 over the three files: tells whether a database holds this very set. */
export function bundledDigest(): string {
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
