import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Position } from "#core/geo/cell.ts";

/**
 * A town that is not there: a square of some 4.5 km in two parts, a neighbour north and one south of it, one main
 * road from west to east with four corners, and a grid of streets that goes on over the line.
 */
const west = 18;
const east = 18.08;
const south = 59.3;
const north = 59.34;
const middleLng = 18.04;
const middleLat = 59.318;

export const tinyZone = "Europe/Stockholm";

/** All that a trainer has to write. */
export const shortRecipe = {
  format: 1,
  busyStreet: { road: "Long Street", corners: ["Second Lane", "Third Lane"] },
  operation: { name: "long-street" },
  partners: [
    { places: [{ label: "Walk, long street", at: [18.041, 59.318] }] },
    { places: [{ label: "Van, west end", at: [18.021, 59.317] }] },
    { places: [{ label: "Corner, east end", at: [18.061, 59.319] }] },
  ],
} as const;

/** A folder as `BOXSTER_PLACES` names one; without a recipe where `recipe` is null. */
export function writeTinyPack(recipe: unknown = shortRecipe): string {
  const folder = mkdtempSync(join(tmpdir(), "boxster-tiny-pack-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  write("pack.json", head);
  write("areas.geojson", collection(areas));
  write("edges.geojson", collection(edges));
  writeFileSync(join(folder, "gazetteer.ndjson"), gazetteer().map(toLine).join(""));
  if (recipe !== null) write("demonstration.json", recipe);
  return folder;
}

const head = {
  format: 1,
  code: "tiny-town",
  name: "Tiny Town",
  timeZone: tinyZone,
  patch: "Long Street",
  centre: [middleLng, middleLat],
  grid: null,
  words: { part: ["district", "districts"], ward: ["ward", "wards"] },
  mainRoads: ["Long Street"],
  attributions: ["Made up"],
  sources: [{ what: "All of it", from: "a test", licence: "none" }],
};

function box(from: Position, to: Position): Position[][] {
  const [left, bottom] = from;
  const [right, top] = to;
  return [
    [
      [left, bottom],
      [right, bottom],
      [right, top],
      [left, top],
      [left, bottom],
    ],
  ];
}

function areaOf(name: string, inCommand: boolean, polygon: Position[][]) {
  const kind = inCommand ? "borough" : "neighbour";
  return {
    properties: { code: name.toLowerCase(), name, kind, inCommand },
    geometry: { type: "MultiPolygon", coordinates: [polygon] },
  };
}

const areas = [
  areaOf("Westside", true, box([west, south], [middleLng, north])),
  areaOf("Eastside", true, box([middleLng, south], [east, north])),
  areaOf("Upland", false, box([west, north], [east, north + 0.03])),
  areaOf("Downland", false, box([west, south - 0.03], [east, south])),
];

function edgeOf(neighbour: string, line: Position[]) {
  return {
    properties: { neighbour },
    geometry: { type: "MultiLineString", coordinates: [line] },
  };
}

const edges = [
  edgeOf("Upland", [
    [west, north],
    [east, north],
  ]),
  edgeOf("Downland", [
    [west, south],
    [east, south],
  ]),
  edgeOf("Westside-Eastside", [
    [middleLng, south],
    [middleLng, north],
  ]),
];

function collection(features: readonly object[]) {
  return {
    type: "FeatureCollection",
    features: features.map((feature) => ({ type: "Feature", ...feature })),
  };
}

const corners: readonly [string, number][] = [
  ["First Lane", 18.024],
  ["Second Lane", 18.034],
  ["Third Lane", 18.046],
  ["Fourth Lane", 18.056],
];

function gazetteer(): object[] {
  const road = "Long Street";
  const line = [
    [18.012, middleLat],
    [18.068, middleLat],
  ];
  return [
    { kind: "roads", name: road, line },
    ...corners.map(([name, lng]) => ({ kind: "corners", road, name, at: [lng, middleLat] })),
    ...streets(),
    { kind: "stations", name: "Tiny Town", at: [18.03, 59.319] },
    { kind: "neighbourhoods", name: "Old Town", at: [18.025, 59.32] },
    { kind: "neighbourhoods", name: "New Town", at: [18.055, 59.32] },
  ];
}

const columns = 15;
const rows = 22;

/** Every 290 metres or so. */
function streets(): object[] {
  return Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const at = [west + 0.0025 + column * 0.0053, south - 0.0068 + row * 0.0025];
    return { kind: "streets", name: `Street ${row + 1}-${column + 1}`, at };
  });
}

function toLine(item: object): string {
  return `${JSON.stringify(item)}\n`;
}
