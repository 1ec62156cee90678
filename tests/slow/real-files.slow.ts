import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import { loadAreas } from "#server/places/areas.ts";
import { importBoundaries } from "#server/places/import-boundaries.ts";
import { fillPlaces } from "#server/places/load.ts";
import { qualityOf } from "#server/records/quality.ts";
import { loadTypedColumns } from "#server/records/queries/events.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { analyst, type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import {
  collisionsFile,
  expectEveryRow,
  stopsFile,
  streetFile,
} from "#tests/support/real-files.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

/** Of each kind `npm test` takes what is short: the collisions of a year, made-up tables, the boroughs. */
onEachEngine(
  "long real files",
  ({ db, engine }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(async () => {
      await bench.undoAll();
      await db().transaction(ownerActor, (tx) => tx.query("delete from event_type"));
    });
    afterAll(() => bench.close());
    const typed = () =>
      db().transaction(ownerActor, (tx) =>
        loadTypedColumns(tx, { before: Date.UTC(2022, 11, 31) }),
      );

    for (const file of [stopsFile, streetFile]) {
      test.skipIf(!hasSharedFile(file.name))(`${file.name}: every row is accounted for`, () =>
        expectEveryRow(bench, file, engine),
      );
    }

    describe("their types", () => {
      test.runIf(hasSharedFile(stopsFile.name))(
        "stops: every row accounted for, each object of search kept",
        async () => {
          const result = await bench.importFile(sharedFile(stopsFile.name));
          expect(result.accepted + result.rejected + result.duplicates).toBe(result.rows);
          expect(result.notes.filter((note) => note.startsWith("Type not known"))).toEqual([]);
          const columns = await typed();
          expect(columns.types).toContain("Controlled drugs");
          expect(columns.length).toBe(result.accepted);
        },
      );
      test.runIf(hasSharedFile(streetFile.name))(
        "street crime: every row accounted for",
        async () => {
          const result = await bench.importFile(sharedFile(streetFile.name));
          expect(result.accepted + result.rejected + result.duplicates).toBe(result.rows);
          expect((await typed()).types).toEqual(["Burglary"]);
        },
      );
    });

    test.skipIf(!hasSharedFile(stopsFile.name))(
      "half of a real file after the other half: what is left out is listed and warned of",
      async () => {
        const path = sharedFile(stopsFile.name);
        const [head = "", ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
        const half = (odd: number) => [head, ...rows.filter((_, at) => at % 2 === odd)].join("\n");
        const odd = await bench.importText(half(0));
        const even = await bench.importText(half(1));
        expect(odd.duplicates).toBe(0);
        expect(even.duplicates).toBeGreaterThan(100);
        expect(even.notes.join(" ")).toContain(
          `${even.duplicates.toLocaleString("en-GB")} rows without a reference equal rows of batch ${odd.batch}`,
        );
        // The whole file brings the missing ones in again: as many of equal rows as it holds.
        const whole = await bench.importFile(path);
        expect(whole.accepted).toBe(rows.length - odd.accepted - even.accepted);
        expect(whole.accepted).toBe(even.duplicates);
      },
    );

    test.skipIf(!hasSharedFile(streetFile.name))(
      "points that a publisher has snapped are found, those of collisions are not",
      async () => {
        await bench.importFile(sharedFile(streetFile.name));
        await bench.importFile(sharedFile(stopsFile.name));
        const choices = { kind: "sighting" as const };
        await bench.importFile(sharedFile(collisionsFile.name), { choices });
        const { groups } = await qualityOf({ ...bench.services, actor: analyst });
        const snapped = (kind: string) => {
          const points = groups.find((group) => group.kind === kind)?.points;
          return points ? points.snapped / points.events : Number.NaN;
        };
        expect(snapped("complaint")).toBeGreaterThan(0.5);
        expect(snapped("stop_search")).toBeGreaterThan(0.5);
        expect(snapped("sighting")).toBeLessThan(0.25);
      },
    );

    const wards = "boundaries/wards_2013_11areas.geojson";
    test.skipIf(!hasSharedFile(wards))(
      "the wards of 2013: 21 of Enfield and 19 of Haringey",
      async () => {
        const source = await fileSource(sharedFile(wards));
        const act = { ...(await testServices(db())), actor: analyst };
        const choices = { kind: "ward" } as const;
        const result = await importBoundaries(act, { source, choices, dryRun: false });
        expect(result.overlapCount).toBe(0);
        expect(result).toMatchObject({ features: 146, kept: 40, outside: 106 });
        const kept = await db().transaction(ownerActor, loadAreas);
        expect(kept.filter(({ kind }) => kind === "ward").map(({ name }) => name)).toContain(
          "Northumberland Park",
        );
      },
    );
  },
  fillPlaces,
);
