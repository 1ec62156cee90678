import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import type { Database } from "#server/db/database.ts";
import { buildPack } from "#server/places/pack/build-pack.ts";
import type { PackRequest } from "#server/places/pack/read-files.ts";
import { type OpenedDatabase, openTestDatabase } from "#tests/support/database.ts";

/** A made-up town, where no command is: on the plain of the Danube. */
export const town: Position = [16.5, 48.3];

export interface MadeUpArea {
  readonly name: string;
  readonly ring: readonly Position[];
}

/** In hundredths of a degree from the town. */
export function pointAt([x, y]: readonly [number, number]): Position {
  return [town[0] + x / 100, town[1] + y / 100];
}

/** A rectangle in hundredths of a degree from the town, west, south, east, north. */
export function block(
  name: string,
  [west, south, east, north]: readonly [number, number, number, number],
): MadeUpArea {
  const at = (x: number, y: number): Position => [
    Math.round((town[0] + x / 100) * 1e5) / 1e5,
    Math.round((town[1] + y / 100) * 1e5) / 1e5,
  ];
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north)];
  return { name, ring: [...ring, at(west, south)] };
}

export function collectionOf(areas: readonly MadeUpArea[], crs?: string): string {
  return JSON.stringify({
    type: "FeatureCollection",
    ...(crs === undefined ? {} : { crs: { type: "name", properties: { name: crs } } }),
    features: areas.map(({ name, ring }) => ({
      type: "Feature",
      properties: { code: `C-${name}`, name },
      geometry: { type: "Polygon", coordinates: [ring] },
    })),
  });
}

/** Two parts beside each other, and two neighbours that share their lines. */
export const alder = block("Alder", [0, 0, 2, 2]);
export const birch = block("Birch", [2, 0, 4, 2]);
export const cedar = block("Cedar", [-3, -2, 0, 4]);
export const damson = block("Damson", [4, -2, 30, 4]);
export const plainTown: readonly MadeUpArea[] = [alder, birch, cedar, damson];

/** A folder for the files of one test file, and `build` in it, with one embedded PostGIS for all. */
export function packBench() {
  const folder = mkdtempSync(join(tmpdir(), "boxster-pack-"));
  let opened: OpenedDatabase | null = null;
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
  });
  afterAll(async () => {
    await opened?.drop();
    rmSync(folder, { recursive: true });
  });
  const kept = async (): Promise<Database> => {
    if (opened === null) throw new Error("The embedded PostGIS is open inside tests only");
    return { ...opened.db, close: async () => undefined };
  };
  let count = 0;
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const build = (boundary: string, more: Partial<PackRequest> = {}) => {
    count += 1;
    const request: PackRequest = {
      boundary,
      parts: ["Alder", "Birch"],
      layer: null,
      streets: null,
      zone: "Europe/Vienna",
      called: null,
      out: join(folder, `made-${count}`),
      attribution: ["Made up"],
      ...more,
    };
    return buildPack(request, {
      say: () => undefined,
      signal: new AbortController().signal,
      openScratch: kept,
    });
  };
  /** Folders that were made, and what is half made. */
  const made = () => readdirSync(folder).filter((name) => name.includes("made-"));
  const plain = () => file("plain.geojson", collectionOf(plainTown));
  return { folder, file, plain, build, made };
}
