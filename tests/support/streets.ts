import { readFileSync } from "node:fs";
import type { Position } from "#core/geo/cell.ts";
import type { Region } from "#core/places/place.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetClass, StreetLine, StreetMode } from "#core/places/streets/line.ts";
import type { Router } from "#core/places/streets/route.ts";
import { mostLines, type StreetFile, streetsOf } from "#core/places/streets/street-file.ts";
import { geoJsonFile } from "#tests/support/features.ts";

/** A street of a test: corners in steps of 100 m east and north of a place in Edmonton, or as "0 0, 0 2.5". */
export function street(
  corners: string | readonly (readonly [east: number, north: number])[],
  more: Partial<Omit<StreetLine, "line">> = {},
): StreetLine {
  const given = typeof corners === "string" ? pairsOf(corners) : corners;
  const line = given.map(([east, north]) => place(east, north));
  return { line, name: null, class: "street", oneWay: 0, ...more };
}

function pairsOf(written: string): (readonly [number, number])[] {
  return written.split(", ").map((pair) => {
    const [east = Number.NaN, north = Number.NaN] = pair.split(" ").map(Number);
    return [east, north];
  });
}

/** So many times 100 m east and north of a place in Edmonton. */
export function place(east: number, north: number): Position {
  return [-0.0631 + east * 0.001445, 51.6179 + north * 0.000899];
}

/** A block of streets that all cross, a name for each: "Row 0", "Column 3". */
export function blockOf(size: number, kind: StreetClass = "street"): StreetLine[] {
  const steps = Array.from({ length: size }, (_, at) => at);
  return steps.flatMap((at) => [
    street(
      steps.map((step) => [step, at]),
      { name: `Row ${at}`, class: kind },
    ),
    street(
      steps.map((step) => [at, step]),
      { name: `Column ${at}`, class: kind },
    ),
  ]);
}

/** A file of lines as people give it. */
export function streetFile(
  features: readonly {
    readonly coordinates: unknown;
    readonly type?: string;
    readonly properties?: object;
  }[],
): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: features.map(({ coordinates, type = "LineString", properties = {} }) => ({
      type: "Feature",
      properties,
      geometry: { type, coordinates },
    })),
  });
}

/** Streets of Gothenburg with their tags, 20,227 features: OpenStreetMap, ODbL, as geojson-path-finder brings them. */
export function gothenburgText(): string {
  return readFileSync("node_modules/geojson-path-finder/test/large-network.json", "utf8");
}

export const aroundGothenburg = {
  name: "Gothenburg",
  grid: null,
  west: 11.5,
  south: 57.5,
  east: 12.5,
  north: 58,
};

/** Streets of GeoJSON. */
export async function readStreetFile(text: string, region: Region): Promise<StreetFile> {
  return streetsOf(await geoJsonFile(text, mostLines), region);
}

export async function gothenburg(): Promise<{
  readonly file: StreetFile;
  readonly graph: StreetGraph;
}> {
  const file = await readStreetFile(gothenburgText(), aroundGothenburg);
  return { file, graph: buildGraph(file.lines) };
}

/** All rows of a matrix at once. */
export function matrixOf(
  router: Router,
  points: readonly Position[],
  mode: StreetMode,
): Float64Array {
  const steps = router.matrix(points, mode, 1_000);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
