import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { backtestQuery } from "#core/patrols/wire/forecast-commands.ts";
import { decodeColumns, encodeColumns } from "#core/records/column-file.ts";
import { profileNames } from "#core/records/profile.ts";
import { ownerActor } from "#server/db/database.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { runBacktest } from "#server/patrols/commands/backtest.ts";
import { fillPlaces } from "#server/places/load.ts";
import { undoBatch } from "#server/records/batches.ts";
import { codesOfTypes, loadTypes } from "#server/records/queries/event-types.ts";
import { loadComplaintColumns, loadTypedColumns } from "#server/records/queries/events.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { collisionsFile } from "#tests/support/real-files.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

const street = (...types: string[]) =>
  [
    "Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type",
    ...types.map((type, at) => `${at}a,2021-03,-0.0631,51.6179,On or near High Street,E01,${type}`),
  ].join("\n");
const plain = (...types: string[]) =>
  [
    "Date,Latitude,Longitude,Kind,Force code",
    ...types.map((type, at) => `2021-06-${at + 10},51.6179,-0.0631,complaint,${type}`),
  ].join("\n");
const byCode = { choices: { map: { type: "Force code" } } };

onEachEngine(
  "types of events",
  ({ db }) => {
    let bench: ImportBench;
    const before = Date.UTC(2022, 11, 31);
    const inOwn = <Value>(work: Parameters<ReturnType<typeof db>["transaction"]>[1]) =>
      db().transaction(ownerActor, work) as Promise<Value>;
    const typed = () => db().transaction(ownerActor, (tx) => loadTypedColumns(tx, { before }));
    const words = async () => {
      const columns = await typed();
      return [...columns.type].map((type) => columns.types[type - 1] ?? null);
    };
    const stored = async () =>
      (await db().transaction(ownerActor, loadTypes)).map(({ word }) => word).sort();
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(async () => {
      await bench.undoAll();
      await inOwn((tx) => tx.query("delete from event_type"));
    });
    afterAll(() => bench.close());

    test("are stored with each event, merged over profiles, and cross the wire", async () => {
      await bench.importText(street("Drugs", "Burglary", "Not a type"));
      await bench.importText(plain("drugs", "Shop theft", ""), byCode);
      expect(await words()).toEqual(["Drugs", "Burglary", null, "Drugs", "Shop theft", null]);
      const columns = await typed();
      expect(columns.types).toEqual(["Burglary", "Drugs", "Shop theft"]);
      expect(decodeColumns(encodeColumns(columns).slice().buffer)).toEqual(columns);
    });

    test("every word of a closed list has its place", async () => {
      const kinds = await Promise.all(
        profileNames.map((name) =>
          db().transaction(ownerActor, (tx) =>
            codesOfTypes(
              tx,
              name,
              Array.from({ length: 64 }, (_, at) => `${name} ${at}`),
            ),
          ),
        ),
      );
      expect(kinds.map((codes) => codes.size)).toEqual([64, 64, 64, 64]);
      expect(await stored()).toHaveLength(256);
      await expect(
        inOwn((tx) => tx.query("insert into event_type values (1, 'plain', 'Of another profile')")),
      ).rejects.toThrow(/event_type_code_of_profile/);
    });

    test("a file that brings more than there is room for is refused whole, in words", async () => {
      await bench.importText(plain(...Array.from({ length: 20 }, (_, at) => `A${at}`)), byCode);
      await inOwn((tx) =>
        codesOfTypes(
          tx,
          "plain",
          Array.from({ length: 40 }, (_, at) => `B${at}`),
        ),
      );
      await expect(
        bench.importText(plain("A1", "C1", "C2", "C3", "C4", "C5"), byCode),
      ).rejects.toThrow(/"Force code" brings new types to the 60 .* room for 64 in all/);
      expect(await bench.stored()).toEqual({ events: 20, batches: 1 });
    });

    test("are no part of what a row is known by: batches of before types are recognised", async () => {
      const text = street("Drugs", "Burglary");
      const first = await bench.importText(text, { choices: { map: { type: "" } } });
      expect(await words()).toEqual([null, null]);
      const again = await bench.importText(text);
      expect(again).toMatchObject({ rows: 2, accepted: 0, rejected: 0, duplicates: 2 });
      expect(again.notes.join()).toContain(
        `2 rows of import ${first.batch} are stored without the type`,
      );
      expect(await stored()).toEqual([]);
      await undoBatch({ ...bench.services, actor: ownerActor }, first.batch ?? 0);
      expect(await bench.importText(text)).toMatchObject({ accepted: 2 });
      expect(await words()).toEqual(["Drugs", "Burglary"]);
      const plainOnce = await bench.importText(plain("Drugs", "Drugs"));
      expect(plainOnce).toMatchObject({ accepted: 2 });
      expect(await bench.importText(plain("Drugs", "Shop theft"), byCode)).toMatchObject({
        accepted: 0,
        duplicates: 2,
      });
    });

    test("an undo takes away the words that no other batch has; a dry run brings none", async () => {
      await bench.importText(plain("Drugs", "Shop theft"), { ...byCode, dryRun: true });
      expect(await stored()).toEqual([]);
      const first = await bench.importText(plain("Drugs", "Shop theft"), byCode);
      await bench.importText(street("Drugs"));
      await undoBatch({ ...bench.services, actor: ownerActor }, first.batch ?? 0);
      expect(await words()).toEqual(["Drugs"]);
      expect(await stored()).toEqual(["Drugs"]);
      expect(await words()).toEqual(["Drugs"]);
    });

    test("what could speak of a person is in no table", async () => {
      const result = await bench.importText(plain("Shop theft", "Seen with Amelia Smith"), byCode);
      expect(result).toMatchObject({ accepted: 1, rejected: 1 });
      expect(result.errors).toMatchObject([{ row: 3, column: "Force code", value: "(not shown)" }]);
      expect((await bench.dump()) + (await stored()).join()).not.toContain("Amelia");
    });

    test("whoever makes what is public cannot read the types of events", async () => {
      await bench.importText(street("Drugs"));
      const asPublisher = (sql: string) =>
        db().transaction(ownerActor, (tx) =>
          tx.through("publisher", (inside) => inside.query(sql)),
        );
      await expect(asPublisher("select type_code from event")).rejects.toThrow(/permission denied/);
      await expect(asPublisher("select word from event_type")).rejects.toThrow(/permission denied/);
      const told = await db().transaction(ownerActor, (tx) =>
        tx.through("publisher", (inside) => loadComplaintColumns(inside, { before })),
      );
      expect(told).toMatchObject({ length: 1, types: [] });
    });

    test("are a filter of hotspots and backtest; one that is none is refused with the nearest", async () => {
      await bench.importText(street("Drugs", "Burglary", "Drugs", ""));
      await bench.importText(plain("drugs", "Shop theft"), byCode);
      const ask = (types?: string) =>
        computeHotspots(
          { ...bench.services, actor: ownerActor },
          hotspotsQuery.parse({
            from: "2021-03-01",
            to: "2021-06-30",
            ...(types === undefined ? {} : { types }),
          }),
        );
      expect(await ask()).toMatchObject({ total: 6 });
      expect((await ask()).types).toBeUndefined();
      const drugs = await ask("DRUGS");
      expect(drugs).toMatchObject({ total: 3, types: ["Drugs"] });
      expect(drugs.sentence).toMatch(/^3 reports .* Only the type Drugs\.$/);
      expect(await ask("drugs,shop theft")).toMatchObject({ total: 4 });
      await expect(ask("burglery")).rejects.toThrow(
        'No record has the type "burglery". The nearest: Burglary. Others: Drugs, Shop theft.',
      );
      const tested = (types?: string) =>
        runBacktest(
          { ...bench.services, actor: ownerActor },
          backtestQuery.parse({
            from: "2021-05-01",
            to: "2021-06-30",
            method: "count-3",
            ...(types === undefined ? {} : { types }),
          }),
        );
      expect(await tested()).toMatchObject({ reports: 6 });
      expect(await tested("drugs")).toMatchObject({ reports: 3, types: ["Drugs"] });
      await expect(tested("drag")).rejects.toThrow(/No record has the type "drag"/);
    });

    // Stops and street crime, which take longer, are in tests/slow.
    test.runIf(hasSharedFile(collisionsFile.name))(
      "collisions: every row accounted for, each severity kept",
      async () => {
        const { name, kind } = collisionsFile;
        const result = await bench.importFile(sharedFile(name), { choices: { kind } });
        expect(result.accepted + result.rejected + result.duplicates).toBe(result.rows);
        const columns = await typed();
        expect(columns.types).toEqual(["Fatal", "Serious", "Slight"]);
        expect(columns.type.every((type) => type > 0)).toBe(true);
      },
    );
  },
  fillPlaces,
);
