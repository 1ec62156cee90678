import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlacePack } from "#core/place-pack.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import type { Area, Gazetteer } from "#core/places/wire/places.ts";

export interface PackContent {
  readonly pack: PlacePack;
  readonly areas: readonly Area[];
  readonly edges: readonly EdgeLine[];
  readonly gazetteer: Gazetteer;
}

/** The four files of a pack, each a text that a person can read and change: one feature, or one name, a line. */
export function writePack(folder: string, { pack, areas, edges, gazetteer }: PackContent): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const names = Object.entries(gazetteer).flatMap(([kind, items]) =>
    items.map((item) => `${JSON.stringify({ kind, ...item })}\n`),
  );
  write("pack.json", `${JSON.stringify(pack, null, 2)}\n`);
  write(
    "areas.geojson",
    collection(areas.map(({ polygons, ...area }) => feature(area, "MultiPolygon", polygons))),
  );
  write(
    "edges.geojson",
    collection(
      edges.map(({ neighbour, lines }) => feature({ neighbour }, "MultiLineString", lines)),
    ),
  );
  write("gazetteer.ndjson", names.join(""));
}

function collection(features: readonly string[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

function feature(properties: object, type: string, coordinates: unknown): string {
  return JSON.stringify({ type: "Feature", properties, geometry: { type, coordinates } });
}
