import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operatorActor } from "#server/cli/command.ts";
import type { Database } from "#server/db/database.ts";
import { ownPackFolder } from "#server/place-pack.ts";
import { removeBoundaries, replaceBoundarySet } from "#server/places/import-boundaries.ts";
import { fillPlaces } from "#server/places/load.ts";
import { readPlaces } from "#server/places/move/kept-places.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

/** The pack that every clone carries, with one of its files changed and its code kept. */
const scratch = scratchFolder("changed-pack");

function changed(file: string, from: string, to: string): string {
  const folder = mkdtempSync(join(scratch, "pack-"));
  cpSync(ownPackFolder, folder, { recursive: true });
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replaceAll(from, to));
  return folder;
}

/** One point of a file lies some metres further north, wherever it is used. */
function redrawn(file: string): string {
  const text = readFileSync(join(ownPackFolder, file), "utf8");
  const [point = "", lng, lat] = /\[\s*(-0\.1\d+),\s*(51\.6\d+)\s*\]/.exec(text) ?? [];
  return changed(file, point, `[${lng}, ${Number(lat) + 0.0001}]`);
}

const analyst = { person: "an analyst", role: "analyst", partner: null } as const;
const placesIn = (db: Database) => db.transaction(operatorActor("tester"), readPlaces);
const stays = /^The boundaries in .+ are not those of this database, which stay, and its names/;

onEachEngine(
  "a changed pack of the same code, at the start of a database in use",
  ({ db }) => {
    test.each([
      ["a boundary", "areas.geojson"],
      ["a line with a neighbour", "edges.geojson"],
    ])("SAFEGUARDS 7: %s that moved is not taken, and every start says so", async (_, file) => {
      const folder = redrawn(file);
      const before = await placesIn(db());
      expect(await fillPlaces(db(), folder)).toMatch(stays);
      expect(await fillPlaces(db(), folder)).toMatch(stays);
      expect(await placesIn(db())).toEqual(before);
      expect(await fillPlaces(db())).toBeNull();
    });

    test("SAFEGUARDS 7: nor does it come in where imported boroughs are removed", async () => {
      const services = await testServices(db());
      const places = { ...services.config.places, folder: redrawn("areas.geojson") };
      const act = { ...services, config: { ...services.config, places }, actor: analyst };
      const set = {
        kind: "borough",
        person: "a",
        fileName: "a",
        fileSha256: "0".repeat(64),
      } as const;
      await db().transaction(analyst, (tx) =>
        replaceBoundarySet(tx, { ...set, areas: 1, outside: 0, repaired: 0 }),
      );
      const before = await placesIn(db());
      await expect(removeBoundaries(act, "borough")).rejects.toThrow(/put the old files back/);
      expect(await placesIn(db())).toEqual(before);
      await removeBoundaries({ ...services, actor: analyst }, "borough");
      await services.solver.close();
    });

    test("names alone are taken, in words, and boundaries are to the point what they were", async () => {
      const folder = changed("gazetteer.ndjson", "Brettenham Road", "Brettenham Way");
      const before = await placesIn(db());
      expect(await fillPlaces(db(), folder)).toBe(
        "The pack has other names of places than before; they are in.",
      );
      expect(await fillPlaces(db(), folder)).toBeNull();
      const after = await placesIn(db());
      expect(JSON.stringify(after?.gazetteer)).toContain("Brettenham Way");
      expect(after).toMatchObject({ areas: before?.areas, edges: before?.edges });
    });
  },
  fillDemo,
);

onEachEngine(
  "a changed pack of the same code, before anything came in",
  ({ db }) => {
    test("is put right: its boundaries are taken", async () => {
      expect(await fillPlaces(db(), redrawn("areas.geojson"))).toBe(
        "Boundaries and place names are in.",
      );
    });
  },
  fillPlaces,
);
