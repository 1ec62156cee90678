import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { type BoundaryKind, importBoundaries } from "#server/import/import-boundaries.ts";
import { fillPlaces } from "#server/places/load.ts";
import { deleteAreas, loadAreas } from "#server/queries/areas.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

interface TestArea {
  readonly code: string;
  readonly name: string;
  readonly ring: readonly (readonly [number, number])[];
  readonly lad?: string;
}

/** In Edmonton, so well inside the command. */
const square = ring([-0.07, 51.62], [-0.06, 51.62], [-0.06, 51.63], [-0.07, 51.63]);
const bowTie = ring([-0.07, 51.63], [-0.06, 51.64], [-0.06, 51.63], [-0.07, 51.64]);
const flat = ring([-0.07, 51.62], [-0.06, 51.62], [-0.05, 51.62]);
const farAway = ring([-1.5, 53.3], [-1.4, 53.3], [-1.4, 53.4], [-1.5, 53.4]);

function ring(...corners: (readonly [number, number])[]): TestArea["ring"] {
  return [...corners, corners[0] as readonly [number, number]];
}

onEachEngine(
  "import of boundaries",
  ({ db }) => {
    const folder = mkdtempSync(join(tmpdir(), "boxster-boundaries-"));
    const path = join(folder, "areas.geojson");
    const importAreas = (areas: readonly TestArea[], kind: BoundaryKind = "ward") => {
      const features = areas.map(({ ring: corners, ...properties }) => ({
        type: "Feature",
        properties,
        geometry: { type: "Polygon", coordinates: [corners] },
      }));
      writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features }));
      return importBoundaries(db(), ownerActor, path, kind);
    };
    const wards = async () =>
      (await db().transaction(ownerActor, loadAreas)).filter((area) => area.kind === "ward");

    afterEach(() => db().transaction(ownerActor, (tx) => deleteAreas(tx, ["ward"])));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("wards of the command are kept, others counted as outside", async () => {
      const result = await importAreas([
        { code: "W1", name: "Town", ring: square },
        { code: "W9", name: "Elsewhere", ring: farAway },
      ]);
      expect(result).toEqual({ kind: "ward", features: 2, kept: 1, outside: 1, repaired: [] });
      expect(await wards()).toMatchObject([{ code: "W1", name: "Town", inCommand: false }]);
    });

    test("a line that crosses itself is put right and named", async () => {
      const result = await importAreas([
        { code: "W1", name: "Town", ring: square },
        { code: "W2", name: "Bow tie", ring: bowTie },
      ]);
      expect(result).toMatchObject({ kept: 2, repaired: ["Bow tie"] });
      const mended = (await wards()).find((ward) => ward.code === "W2");
      expect(mended?.polygons).toHaveLength(2);
    });

    test("a shape without an area refuses the file, and the old wards stay", async () => {
      await importAreas([{ code: "W1", name: "Town", ring: square }]);
      const run = importAreas([
        { code: "W3", name: "New", ring: square },
        { code: "W4", name: "Flat", ring: flat },
      ]);
      await expect(run).rejects.toThrow(/"Flat" cannot be repaired near -?[\d.]+, [\d.]+/);
      expect((await wards()).map((ward) => ward.code)).toEqual(["W1"]);
    });

    test("a second ward set takes the place of the first", async () => {
      await importAreas([{ code: "W1", name: "Town", ring: square }]);
      await importAreas([{ code: "W2", name: "Bow tie", ring: bowTie }]);
      expect((await wards()).map((ward) => ward.code)).toEqual(["W2"]);
    });

    test("two wards of one name are told apart by their borough", async () => {
      const right = square.map(([lng, lat]) => [lng + 0.01, lat] as const);
      await importAreas([
        { code: "W1", name: "Town", lad: "Enfield", ring: square },
        { code: "W2", name: "Town", lad: "Haringey", ring: right },
      ]);
      expect((await wards()).map((ward) => ward.name)).toEqual([
        "Town (Enfield)",
        "Town (Haringey)",
      ]);
    });

    test("swapped axes, or a file of another place, are refused", async () => {
      const swapped = square.map(([lng, lat]) => [lat, lng] as const);
      const run = importAreas([{ code: "W1", name: "Town", ring: swapped }]);
      await expect(run).rejects.toThrow(/none of the 1 areas lies in the command.* swapped/);
    });

    test("a borough gets its new line and keeps its place in the command", async () => {
      const [before] = await db().transaction(ownerActor, loadAreas);
      if (!before) throw new Error("no borough");
      const outer = before.polygons[0]?.[0] ?? [];
      const result = await importAreas(
        [{ code: before.code, name: "New line", ring: outer }],
        "borough",
      );
      expect(result).toMatchObject({ kept: 1, outside: 0 });
      const after = (await db().transaction(ownerActor, loadAreas)).find(
        (one) => one.code === before.code,
      );
      expect(after).toMatchObject({ name: before.name, kind: "borough", inCommand: true });
      const unknown = importAreas([{ code: "X", name: "X", ring: square }], "borough");
      await expect(unknown).rejects.toThrow(/none of the 1 areas has the code of a borough/);
    });

    test("a file that is not there is refused by name", async () => {
      const run = importBoundaries(db(), ownerActor, join(folder, "none.geojson"), "ward");
      await expect(run).rejects.toThrow(/there is no file .*none\.geojson/);
    });

    const real = "boundaries/wards_2013_11areas.geojson";
    test.skipIf(!hasSharedFile(real))(
      "the wards of 2013: 21 of Enfield and 19 of Haringey",
      async () => {
        const result = await importBoundaries(db(), ownerActor, sharedFile(real), "ward");
        expect(result).toMatchObject({ features: 146, kept: 40, outside: 106 });
        expect((await wards()).map((ward) => ward.name)).toContain("Northumberland Park");
      },
    );
  },
  async (db) => {
    await fillPlaces(db);
  },
);
