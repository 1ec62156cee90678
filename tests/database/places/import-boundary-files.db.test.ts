import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { fileSource, uploadSource } from "#server/files/import-source.ts";
import { loadAreas } from "#server/places/areas.ts";
import { importBoundaries, listBoundarySets } from "#server/places/import-boundaries.ts";
import { fillPlaces } from "#server/places/load.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { areaFiles, goldenFeatures } from "#tests/support/features.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };

onEachEngine(
  "boundaries of other formats than GeoJSON",
  ({ db }) => {
    const folder = scratchFolder("boundary-files");
    const act = async () => ({ ...(await testServices(db())), actor: analyst });
    const sets = () => db().transaction(analyst, listBoundarySets);
    const importFile = async (file: string) =>
      importBoundaries(await act(), {
        source: await fileSource(file),
        choices: { kind: "beat" },
        dryRun: false,
      });

    test.each(areaFiles)("beats come of %s as they do of GeoJSON", async (name) => {
      const keptOf = async (given: string) => {
        const file = join(folder, given);
        writeFileSync(file, goldenFeatures(given));
        const { fileName: _, ...result } = await importFile(file);
        const areas = await db().transaction(ownerActor, loadAreas);
        const beats = areas.filter(({ kind }) => kind === "beat");
        const outline = beats.map(({ code, polygons }) => [
          code,
          polygons.map(({ length }) => length),
        ]);
        return { ...result, outline: outline.sort() };
      };
      const wanted = await keptOf("areas.geojson");
      expect(wanted).toMatchObject({ kept: 2, repaired: [] });
      expect(await keptOf(name)).toEqual(wanted);
    });

    test("a Shapefile that is sent is read, and half of one leaves nothing", async () => {
      const before = await sets();
      const octets = goldenFeatures("areas.shp.zip");
      const send = async (bytes: Uint8Array) =>
        importBoundaries(await act(), {
          source: uploadSource(Readable.from([bytes]), "areas.zip", bytes.length),
          choices: { kind: "beat" },
          dryRun: false,
        });
      await expect(send(octets.slice(0, 700))).rejects.toThrow(/its directory is missing/);
      await expect(send(goldenFeatures("points-utm.fgb"))).rejects.toThrow("holds Point, no areas");
      expect(await sets()).toEqual(before);
      expect(await send(octets)).toMatchObject({ kept: 2, fileName: "areas.zip" });
    });
  },
  fillPlaces,
);
