import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { fileSource } from "#server/files/import-source.ts";
import { fillPlaces } from "#server/places/load.ts";
import { undoBatch } from "#server/records/batches.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { loadCounts, qualityOf } from "#server/records/quality.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { autoChoices } from "#tests/support/import.ts";
import { collisionsFile } from "#tests/support/real-files.ts";
import { scratchFolder } from "#tests/support/scratch.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };
const sergeant: Actor = { person: "a sergeant", role: "sergeant", partner: null };

onEachEngine(
  "quality of the records",
  ({ db }) => {
    let services: ActServices;
    const folder = scratchFolder("quality");
    beforeAll(async () => {
      services = await testServices(db());
    });
    const bring = async (path: string, more: Partial<typeof autoChoices> = {}) =>
      runImport(
        { ...services, actor: analyst },
        {
          source: await fileSource(path),
          choices: { ...autoChoices, ...more },
          dryRun: false,
          signal: new AbortController().signal,
          onProgress: () => undefined,
        },
      );
    const quality = () => qualityOf({ ...services, actor: sergeant });

    test("an import leaves counts of points and of rows outside, never a point", async () => {
      const at = (lat: number, lng: number) => `${lat},${lng},complaint,asb`;
      const rows = [
        `01/09/2021 00:00,${at(51.6179, -0.0631)}`,
        `01/09/2021 20:00,${at(51.6179, -0.0631)}`,
        `02/09/2021 21:00,${at(51.6179, -0.0631)}`,
        `02/09/2021 21:17,${at(51.6147, -0.0644)}`,
        `13/11/2021,${at(51.6158, -0.0639)}`,
        `13/11/2021 09:00,${at(53.38, -1.47)}`,
        `31/02/2021 09:00,${at(51.6158, -0.0639)}`,
      ];
      const path = join(folder, "some.csv");
      writeFileSync(path, ["Date,Latitude,Longitude,Kind,Category", ...rows].join("\n"));
      const { batch } = await bring(path);
      const { groups } = await quality();
      expect(groups).toMatchObject([
        {
          kind: "complaint",
          source: "resident",
          events: 5,
          first: "2021-09-01",
          last: "2021-11-13",
          longestSilence: 72,
          months: [
            { month: "2021-09", count: 4 },
            { month: "2021-10", count: 0 },
            { month: "2021-11", count: 1 },
          ],
          exact: 4,
          midnight: 1,
          fullHour: 3,
          overSixHours: 1,
          overDay: 0,
          overMonth: 0,
          points: { events: 5, points: 3, repeated: 3 },
          files: { rows: 7, outside: 1 },
        },
      ]);
      const stored = await db().transaction(ownerActor, (tx) =>
        tx.query<Record<string, unknown>>("select * from batch_quality"),
      );
      expect(Object.keys(stored[0] ?? {})).toEqual([
        "batch_id",
        "kind",
        "source",
        "events",
        "points",
        "repeated",
        "snapped",
      ]);
      await undoBatch({ ...services, actor: analyst }, batch ?? 0);
      expect((await quality()).groups).toEqual([]);
      // The line of an undone import stays in the history; nothing reads its counts any more.
      const counts = await db().transaction(analyst, (tx) =>
        loadCounts(tx, services.zone.name, Date.now()),
      );
      expect(counts).toMatchObject({ points: [], batches: [] });
    });

    test("midnight and months are those of London on both sides of the clock change", async () => {
      const row = (date: string) => `${date},51.6179,-0.0631,complaint,asb`;
      const path = join(folder, "london.csv");
      writeFileSync(
        path,
        [
          "Date,Latitude,Longitude,Kind,Category",
          row("2021-06-30T23:00:00Z"),
          row("2021-12-31T00:00:00Z"),
          row("2021-12-31T23:00:00Z"),
        ].join("\n"),
      );
      const { batch } = await bring(path);
      const { groups } = await quality();
      expect(groups[0]).toMatchObject({ exact: 3, midnight: 2, fullHour: 3 });
      expect(groups[0]?.months[0]).toEqual({ month: "2021-07", count: 1 });
      await undoBatch({ ...services, actor: analyst }, batch ?? 0);
    });

    // Those of the police, which are snapped, are in tests/slow.
    const { name } = collisionsFile;
    const kind = "sighting";
    test.skipIf(!hasSharedFile(name))(
      "points of collisions are found not to be snapped by their publisher",
      async () => {
        await bring(sharedFile(name), { kind });
        const { groups } = await quality();
        const points = groups.find((group) => group.kind === kind)?.points;
        expect((points?.snapped ?? Number.NaN) / (points?.events ?? 0)).toBeLessThan(0.25);
      },
    );
  },
  fillPlaces,
);
