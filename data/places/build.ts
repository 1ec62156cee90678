import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Position } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { edgeZones } from "#core/places/edge-zone.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import { type Area, type Gazetteer, gazetteer } from "#core/places/wire/places.ts";
import { findCorners } from "#data/places/recipe/corners.ts";
import { decodeDistricts } from "#data/places/recipe/decode-districts.ts";
import { deriveEdges } from "#data/places/recipe/edges.ts";
import { stations } from "#data/places/recipe/facts.ts";
import { readPlaceNames } from "#data/places/recipe/place-names.ts";
import { readTable } from "#data/places/recipe/read-table.ts";
import { drawRoads } from "#data/places/recipe/road-lines.ts";
import { roundAreas, roundPosition } from "#data/places/recipe/round-areas.ts";
import { readStreetPoints } from "#data/places/recipe/street-points.ts";
import { thinStreets } from "#data/places/recipe/streets.ts";

/**
 * Makes areas.geojson, edges.geojson and gazetteer.ndjson anew from their sources; README.md says
 * where each source comes from.
 *
 *   node data/places/build.ts --constituencies westminster_2016_uk.js --cities cities500.txt
 *     --collisions collisions-2022.csv --scratch FOLDER street-crime.csv [street-crime.csv.gz ...]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    constituencies: { type: "string" },
    cities: { type: "string" },
    collisions: { type: "string" },
    scratch: { type: "string" },
  },
});
const source = (name: keyof typeof values): string => {
  const value = values[name];
  if (!value) throw new TypeError(`Say where the source is: --${name} PATH`);
  return value;
};
if (positionals.length === 0) throw new TypeError("Name at least one street crime file");

const here = import.meta.dirname;
/** The pack that it makes. */
const pack = join(here, "enfield-haringey");
const areas = buildAreas();
const edges = deriveEdges(areas);
writeLines("areas.geojson", "features", areas.map(areaFeature));
writeLines("edges.geojson", "features", edges.map(edgeFeature));
writeGazetteer(await buildGazetteer());

function buildAreas(): Area[] {
  const districts = join(source("scratch"), "districts.geojson");
  const raw = join(source("scratch"), "areas.raw.geojson");
  const script = readFileSync(source("constituencies"), "utf8");
  writeFileSync(districts, JSON.stringify(decodeDistricts(script)));
  execFileSync("Rscript", [join(here, "recipe", "areas.R"), districts, raw], { stdio: "inherit" });
  return roundAreas(JSON.parse(readFileSync(raw, "utf8")));
}

async function buildGazetteer(): Promise<Gazetteer> {
  const points = await readStreetPoints(positionals);
  const roads = drawRoads(points, await readDualCarriagewayCollisions(source("collisions")));
  const study = commandStudySet(areas);
  const zones = edgeZones(areas, edges, study);
  const named = new Set([...study.cells, ...zones.flatMap((zone) => zone.outer)]);
  return gazetteer.parse({
    roads: roads.map(({ name, line }) => ({ name, line: line.map(roundPosition) })),
    corners: findCorners(roads, points),
    streets: thinStreets(points, named, roads),
    stations,
    neighbourhoods: await readPlaceNames(source("cities")),
  });
}

async function readDualCarriagewayCollisions(path: string): Promise<Position[]> {
  const found: Position[] = [];
  await readTable(path, (row) => {
    if (row["road_type"] !== "Dual carriageway" || Number(row["speed_limit"]) < 40) return;
    found.push([Number(row["longitude"]), Number(row["latitude"])]);
  });
  return found;
}

function areaFeature({ polygons, ...properties }: Area): unknown {
  return {
    type: "Feature",
    properties,
    geometry: { type: "MultiPolygon", coordinates: polygons },
  };
}

function edgeFeature({ neighbour, lines }: EdgeLine): unknown {
  return {
    type: "Feature",
    properties: { neighbour },
    geometry: { type: "MultiLineString", coordinates: lines },
  };
}

function writeLines(name: string, list: string, items: readonly unknown[]): void {
  const lines = items.map((item) => JSON.stringify(item)).join(",\n");
  const text = `{"type":"FeatureCollection","${list}":[\n${lines}\n]}\n`;
  writeFileSync(join(pack, name), text);
}

/** One entry a line with its kind, so that a change of the recipe can be read as a diff. */
function writeGazetteer(content: Gazetteer): void {
  const lines = Object.entries(content).flatMap(([kind, items]) =>
    items.map((item) => JSON.stringify({ kind, ...item })),
  );
  writeFileSync(join(pack, "gazetteer.ndjson"), `${lines.join("\n")}\n`);
}
