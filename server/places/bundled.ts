import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { commandStudySet } from "#core/geo/command.ts";
import { neighbourhoodArea, neighbourhoods } from "#core/geo/neighbourhood.ts";
import { type Area, area, edgeLine, type Gazetteer } from "#core/wire/places.ts";
import { parseGazetteer } from "#data/places/parse-gazetteer.ts";

export interface BundledPlaces {
  readonly areas: readonly Area[];
  readonly edges: readonly z.infer<typeof edgeLine>[];
  readonly gazetteer: Gazetteer;
  /** SHA-256 over the three files: tells whether a database holds this very set. */
  readonly digest: string;
}

const folder = new URL("../../data/places/", import.meta.url);

/** What every clone carries in data/places, with the neighbourhoods that follow from it. */
export function readBundledPlaces(): BundledPlaces {
  const texts = ["areas.geojson", "edges.geojson", "gazetteer.ndjson"].map((name) =>
    readFileSync(new URL(name, folder), "utf8"),
  );
  const [areasText = "", edgesText = "", gazetteerText = ""] = texts;
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
    digest: createHash("sha256").update(texts.join("\0")).digest("hex"),
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
