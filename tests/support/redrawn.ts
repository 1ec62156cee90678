import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Position } from "#core/geo/cell.ts";
import type { Area } from "#core/places/wire/places.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { ownPackFolder } from "#server/place-pack.ts";
import { buildPack } from "#server/places/pack/build-pack.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";

interface Feature {
  readonly properties: Pick<Area, "code" | "name">;
  readonly geometry: { readonly type: "MultiPolygon"; readonly coordinates: Area["polygons"] };
}

/** The pack that every clone carries, drawn anew as a reform might: by `places build`, out of its own boundaries. */
export const redrawings = {
  /** Both boroughs as one. */
  one: (all) => [feature("North", [...shapeOf(all, "Enfield"), ...shapeOf(all, "Haringey")])],
  /** What lies in the middle becomes a third: of two parts the first by name keeps the ground. */
  three: (all) => [
    feature("Central", [box([-0.11, 51.62, -0.05, 51.65])]),
    feature("Enfield", shapeOf(all, "Enfield"), "E09000010"),
    feature("Haringey", shapeOf(all, "Haringey"), "E09000014"),
  ],
  /** Enfield takes ground over the Lea in, and of Haringey the middle stays. */
  moved: (all) => [
    feature(
      "Enfield",
      [...shapeOf(all, "Enfield"), box([-0.045, 51.61, -0.005, 51.64])],
      "E09000010",
    ),
    feature("Haringey", [box([-0.1, 51.575, -0.07, 51.6])], "E09000014"),
  ],
} satisfies Record<string, (all: readonly Feature[]) => readonly Feature[]>;

export type Redrawing = keyof typeof redrawings;

const made = new Map<Redrawing, Promise<string>>();

/** The folder of one, made once a process. */
export function redrawnPack(which: Redrawing): Promise<string> {
  const known = made.get(which) ?? build(which);
  made.set(which, known);
  return known;
}

async function build(which: Redrawing): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-redrawn-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const text = readFileSync(join(ownPackFolder, "areas.geojson"), "utf8");
  const all = (JSON.parse(text) as { readonly features: readonly Feature[] }).features;
  const parts = redrawings[which](all);
  const around = all.filter(({ properties: { name } }) => !["Enfield", "Haringey"].includes(name));
  const boundary = join(folder, "areas.geojson");
  const features = [...parts, ...around].map((one) => ({ type: "Feature", ...one }));
  writeFileSync(boundary, JSON.stringify({ type: "FeatureCollection", features }));
  const out = join(folder, `redrawn-${which}`);
  await buildPack(
    {
      boundary,
      parts: parts.map(({ properties }) => properties.name),
      layer: null,
      streets: null,
      zone: "Europe/London",
      called: null,
      out,
      attribution: ["Made up"],
    },
    {
      say: () => undefined,
      signal: new AbortController().signal,
      openScratch: async () => openEmbedded({ folder: null, snapshot: await migratedSnapshot() }),
    },
  );
  return out;
}

function feature(name: string, coordinates: Area["polygons"], code = `C-${name}`): Feature {
  return { properties: { code, name }, geometry: { type: "MultiPolygon", coordinates } };
}

function shapeOf(all: readonly Feature[], name: string): Area["polygons"] {
  return all.find(({ properties }) => properties.name === name)?.geometry.coordinates ?? [];
}

function box([west, south, east, north]: readonly [number, number, number, number]) {
  const ring: Position[] = [
    ...([
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ] as const),
    [west, south],
  ].map(([lng, lat]) => [lng, lat]);
  return [ring.map(([lng, lat]): [number, number] => [lng, lat])];
}
