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
  write("pack.json", `${JSON.stringify(pack, null, 2)}\n`);
  write("areas.geojson", collection(areas.map(areaFeature)));
  write("edges.geojson", collection(edges.map(edgeFeature)));
  write("gazetteer.ndjson", gazetteerText(gazetteer));
}

function collection(features: readonly unknown[]): string {
  const lines = features.map((feature) => JSON.stringify(feature)).join(",\n");
  return `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`;
}

function areaFeature({ polygons, ...properties }: Area): unknown {
  const geometry = { type: "MultiPolygon", coordinates: polygons };
  return { type: "Feature", properties, geometry };
}

function edgeFeature({ neighbour, lines }: EdgeLine): unknown {
  const geometry = { type: "MultiLineString", coordinates: lines };
  return { type: "Feature", properties: { neighbour }, geometry };
}

function gazetteerText(content: Gazetteer): string {
  const lines = Object.entries(content).flatMap(([kind, items]) =>
    items.map((item) => JSON.stringify({ kind, ...item })),
  );
  return lines.map((line) => `${line}\n`).join("");
}
