import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Position } from "#core/geo/cell.ts";
import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import type { Database } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { fillPlaces } from "#server/places/load.ts";
import { buildPack } from "#server/places/pack/build-pack.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";
import { collectionOf, type MadeUpArea } from "#tests/support/pack-files.ts";
import { gothenburgText } from "#tests/support/streets.ts";

/** Two parts of a command that nobody has, on the streets of Gothenburg, and what lies north and south of it. */
const areas: readonly MadeUpArea[] = [
  area("Västra", [11.93, 57.685, 11.965, 57.715]),
  area("Östra", [11.965, 57.685, 12.0, 57.715]),
  area("Norra", [11.9, 57.715, 12.03, 57.75]),
  area("Södra", [11.9, 57.65, 12.03, 57.685]),
];

/** What a trainer would write, and no more. */
const recipe = {
  format: 1,
  busyStreet: { road: "Vasagatan", corners: "all" },
  operation: { name: "vasagatan-2021" },
  partners: [
    { places: [{ label: "Evening walk", at: [11.9637, 57.6972] }] },
    { places: [{ label: "Tea van", at: [11.9712, 57.699] }] },
    { places: [{ label: "Late walk", at: [11.951, 57.6992] }] },
  ],
};

/** Where on the busy street something is reported in tests. */
export const onVasagatan: Position = [11.9655, 57.6978];

let made: Promise<string> | null = null;

/** The folder of the second pack, made once a process as `boxster places build` makes it, with a demonstration. */
export function secondPack(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-second-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const out = join(folder, "vastra-ostra");
  await buildPack(
    {
      boundary: write("districts.geojson", collectionOf(areas)),
      parts: ["Västra", "Östra"],
      layer: null,
      streets: write("streets.geojson", gothenburgText()),
      zone: "Europe/Stockholm",
      called: null,
      out,
      attribution: ["© OpenStreetMap contributors, ODbL"],
    },
    {
      say: () => undefined,
      signal: new AbortController().signal,
      openScratch: async () => openEmbedded({ folder: null, snapshot: await migratedSnapshot() }),
    },
  );
  // All of a pack can be changed by hand.
  const head = join(out, "pack.json");
  const pack = JSON.parse(readFileSync(head, "utf8")) as object;
  writeFileSync(head, JSON.stringify({ ...pack, patch: "Vasagatan" }));
  writeFileSync(join(out, "demonstration.json"), JSON.stringify(recipe));
  return out;
}

function area(
  name: string,
  [west, south, east, north]: readonly [number, number, number, number],
): MadeUpArea {
  const ring: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { name, ring };
}

/** Its places and its demonstration, as a start with BOXSTER_DEMO=1 makes them. */
export async function fillSecond(db: Database): Promise<void> {
  const folder = await secondPack();
  const zone = createZone("Europe/Stockholm");
  await fillPlaces(db, folder);
  const asAt = createAsAt(zone, () => Date.now());
  await loadDemo({ db, zone, asAt, config: { places: { folder } } }, () => undefined);
}
