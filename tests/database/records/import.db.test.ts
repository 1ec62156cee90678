import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { readBatches, undoBatch } from "#server/records/batches.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { createBatch } from "#server/records/queries/batches.ts";
import { insertEvents, loadEventColumns } from "#server/records/queries/events.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { autoChoices, plainTable } from "#tests/support/import.ts";
import { bytesSource, type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { collisionsFile, expectEveryRow } from "#tests/support/real-files.ts";
import { hasSharedFile } from "#tests/support/shared-data.ts";

onEachEngine(
  "import of events",
  ({ db, engine, once }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    test("good rows go in, each refused row is named, and the counts add up", async () => {
      const result = await bench.importText(plainTable(["2021-06-05", "31/02/2021", "2021-06-07"]));
      expect(result).toMatchObject({
        profile: "plain",
        rows: 3,
        accepted: 2,
        rejected: 1,
        duplicates: 0,
        errors: [{ row: 3, column: "Date", value: "31/02/2021" }],
      });
      expect(await bench.stored()).toEqual({ events: 2, batches: 1 });
      const [batch] = await readBatches({ ...bench.services, actor: ownerActor });
      expect(batch).toMatchObject({
        id: result.batch,
        person: "analyst-1",
        fileName: "test.csv",
        profile: "plain",
        mapping: { date: "Date", latitude: "Latitude" },
        rows: 3,
        accepted: 2,
        rejected: 1,
        duplicates: 0,
        fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      });
    });

    test("the same file again is all duplicates and leaves no empty batch", async () => {
      const text = plainTable(["2021-06-05", "2021-06-05", "2021-06-06 14:05"]);
      expect(await bench.importText(text)).toMatchObject({ accepted: 3, duplicates: 0 });
      expect(await bench.importText(text)).toMatchObject({
        batch: null,
        rows: 3,
        accepted: 0,
        duplicates: 3,
      });
      expect(await bench.stored()).toEqual({ events: 3, batches: 1 });
    });

    test("equal rows of one file are real; across files only as many repeat as were there", async () => {
      await bench.importText(plainTable(["2021-06-05", "2021-06-05"]));
      const more = await bench.importText(plainTable(["2021-06-05", "2021-06-05", "2021-06-05"]));
      expect(more).toMatchObject({ accepted: 1, duplicates: 2 });
    });

    test("undo removes what the batch brought, and nothing else, and lets it in again", async () => {
      const first = await bench.importText(plainTable(["2021-06-05", "2021-06-06"]));
      const second = await bench.importText(plainTable(["2021-06-06", "2021-06-07"]));
      expect(second).toMatchObject({ accepted: 1, duplicates: 1 });
      expect(
        await undoBatch({ ...bench.services, actor: ownerActor }, second.batch ?? 0),
      ).toMatchObject({
        removed: 1,
      });
      expect(await bench.stored()).toEqual({ events: 2, batches: 1 });
      await undoBatch({ ...bench.services, actor: ownerActor }, first.batch ?? 0);
      expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      expect(await bench.importText(plainTable(["2021-06-05"]))).toMatchObject({ accepted: 1 });
    });

    test("undo of a batch that is not there is refused by number", async () => {
      await expect(undoBatch({ ...bench.services, actor: ownerActor }, 999_999)).rejects.toThrow(
        /no import 999999/,
      );
    });

    test("a dry run counts duplicates like a real one and keeps nothing", async () => {
      await bench.importText(plainTable(["2021-06-05"]));
      const result = await bench.importText(plainTable(["2021-06-05", "2021-06-06"]), {
        dryRun: true,
      });
      expect(result).toMatchObject({ batch: null, dryRun: true, accepted: 1, duplicates: 1 });
      expect(await bench.stored()).toEqual({ events: 1, batches: 1 });
    });

    test("a file without one good row leaves nothing and lists its errors", async () => {
      const result = await bench.importText(plainTable(["never", "soon"]));
      expect(result).toMatchObject({ batch: null, rows: 2, accepted: 0, rejected: 2 });
      expect(result.errors).toHaveLength(2);
      expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
    });

    once("listed errors are capped and the count stays exact", async () => {
      const result = await bench.importText(plainTable(new Array<string>(1_500).fill("never")));
      expect(result).toMatchObject({ rows: 1_500, rejected: 1_500 });
      expect(result.errors).toHaveLength(1_000);
    });

    test("no point, name or note of the file is in the database or the result", async () => {
      const text = [
        "Date,Latitude,Longitude,Kind,Reference,Victim name,Notes",
        "2021-06-05,51.617923,-0.063117,complaint,CAD/77,Zebedee Quillfeather,seen by Zebedee",
        "2021-06-05,91.617923,-0.063117,complaint,CAD/78,Zebedee Quillfeather,seen by Zebedee",
      ].join("\n");
      const result = await bench.importText(text);
      expect(result).toMatchObject({ accepted: 1, rejected: 1 });
      expect(result.blockedColumns).toEqual(["Victim name", "Notes"]);
      const kept = (await bench.dump()) + JSON.stringify(result);
      expect(kept).toContain("CAD/77");
      expect(kept).not.toMatch(/Zebedee|51\.6179|0\.06311/);
    });

    test("the ward is looked up from the point while a ward set is there", async () => {
      const ward = "POLYGON((-0.07 51.61,-0.06 51.61,-0.06 51.62,-0.07 51.62,-0.07 51.61))";
      const insertWard = `insert into area (code, name, kind, in_command, shape)
        values ('E05-test', 'Test ward', 'ward', false, st_multi(st_geomfromtext('${ward}', 4326)))`;
      await db().transaction(ownerActor, (tx) => tx.query(insertWard));
      try {
        await bench.importText(
          "Date,Lat,Lng,Kind\n2021-06-05,51.6179,-0.0631,complaint\n2021-06-05,51.63,-0.0631,complaint",
        );
        const rows = await db().transaction(ownerActor, (tx) =>
          tx.query<{ ward: string | null }>('select ward as "ward" from event order by ward'),
        );
        expect(rows).toEqual([{ ward: "E05-test" }, { ward: null }]);
      } finally {
        await db().transaction(ownerActor, (tx) =>
          tx.query("delete from area where kind = 'ward'"),
        );
      }
    });

    describe("an import that does not come to its end leaves nothing", () => {
      const long = plainTable(
        Array.from(
          { length: 12_000 },
          (_, row) => `2021-06-05 ${String(row % 24).padStart(2, "0")}:00`,
        ),
      );

      once("cancelled half way", async () => {
        const controller = new AbortController();
        const onProgress = ({ rows }: { rows: number }) => {
          if (rows > 6_000) controller.abort(new Error("cancelled by the person"));
        };
        const run = bench.importText(long, { signal: controller.signal, onProgress });
        await expect(run).rejects.toThrow("cancelled by the person");
        expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      });

      once("cut off by the connection", async () => {
        const bytes = Buffer.from(long);
        const source = {
          ...bytesSource(bytes),
          canReopen: false,
          open: async function* () {
            yield bytes.subarray(0, 400_000);
            throw new Error("connection lost");
          },
        };
        const request = {
          source,
          choices: autoChoices,
          dryRun: false,
          signal: new AbortController().signal,
          onProgress: () => undefined,
        };
        await expect(runImport({ ...bench.services, actor: ownerActor }, request)).rejects.toThrow(
          "connection lost",
        );
        expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      });

      test("refused at its last row", async () => {
        await expect(bench.importText(`${long}\n"never closed`)).rejects.toThrow(
          /Line 12002: a quote/,
        );
        expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
      });
    });

    once("progress tells rows and octets, up to the whole file", async () => {
      const seen: { rows: number; bytes: number; totalBytes: number | null }[] = [];
      const text = plainTable(new Array<string>(3_000).fill("2021-06-05"));
      await bench.importText(text, { onProgress: (progress) => seen.push(progress) });
      expect(seen.length).toBeGreaterThan(10);
      expect(seen.at(-1)).toEqual({ rows: 3_000, bytes: text.length, totalBytes: text.length });
      expect([...seen].sort((a, b) => a.bytes - b.bytes)).toEqual(seen);
    });

    once(
      "day and month are found from a long column even when its beginning misleads",
      async () => {
        const dates = [...new Array<string>(1_500).fill("06/05/2021"), "06/13/2021"];
        const result = await bench.importText(plainTable(dates));
        expect(result).toMatchObject({ accepted: 1_501 });
        expect(result.notes).toContain("Dates were read month first.");
        const columns = await db().transaction(ownerActor, (tx) =>
          loadEventColumns(tx, { before: Date.UTC(2022, 0, 1) }),
        );
        expect(new Set(columns.start)).toEqual(
          new Set([Date.UTC(2021, 5, 4, 23) / 60_000, Date.UTC(2021, 5, 12, 23) / 60_000]),
        );
      },
    );

    test("batches of another key are said, because their rows cannot be recognised", async () => {
      await bench.importText(plainTable(["2021-06-05"]));
      const other = await openImportBench(db());
      try {
        const result = await other.importText(plainTable(["2021-06-05"]));
        expect(result).toMatchObject({ accepted: 1, duplicates: 0 });
        expect(result.notes.join(" ")).toMatch(
          /1 earlier batch was imported with another import\.key/,
        );
      } finally {
        await other.close();
      }
    });

    test("events come back as columns: by span, known at the as-at instant, sorted by start", async () => {
      const day = Date.UTC(2021, 10, 26);
      const hour = 3_600_000;
      const event = (from: number, to: number, kind: "complaint" | "arrest") => ({
        cell: "8a194e696367fff" as never,
        kind,
        source: kind === "arrest" ? ("police" as const) : ("resident" as const),
        category: "asb" as const,
        startsAt: from,
        endsAt: to,
      });
      await db().transaction(ownerActor, async (tx) => {
        const batch = await createBatch(tx, {
          person: "test",
          fileName: "made up",
          profile: "test",
        });
        expect(
          await insertEvents(tx, batch, [
            event(day + hour, day + 3 * hour, "complaint"),
            event(day, day, "arrest"),
            event(day - 2 * hour, day - hour, "complaint"),
          ]),
        ).toBe(3);
      });
      const load = (range: Parameters<typeof loadEventColumns>[1]) =>
        db().transaction(ownerActor, async (tx) => {
          const columns = await loadEventColumns(tx, range);
          return [...columns.start].map((minute) => (minute * 60_000 - day) / hour);
        });
      const before = day + 24 * hour;
      expect(await load({ before })).toEqual([-2, 0, 1]);
      expect(await load({ before: day + 2 * hour })).toEqual([-2, 0]);
      expect(await load({ before, from: day })).toEqual([0, 1]);
      expect(await load({ before, from: day + 2 * hour })).toEqual([1]);
      expect(await load({ before, from: day - hour, to: day })).toEqual([]);
      expect(await load({ before, to: day + 1 })).toEqual([-2, 0]);
      const columns = await db().transaction(ownerActor, (tx) => loadEventColumns(tx, { before }));
      expect(columns).toMatchObject({ length: 3, cells: ["8a194e696367fff"] });
      expect([...columns.kind]).toEqual([1, 2, 1]);
    });

    test("the named constraints of an event hold", async () => {
      const insert = (values: string) =>
        db().transaction(ownerActor, async (tx) => {
          const batch = await createBatch(tx, { person: "test", fileName: "x", profile: "x" });
          await tx.query(
            `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at) values (${batch}, ${values})`,
          );
        });
      const cell10 = BigInt("0x8a194e696367fff");
      const cell9 = BigInt("0x89194e69637ffff");
      const now = "now(), now()";
      const cases = [
        [`${cell9}, 'complaint', 'resident', 'asb', ${now}`, "event_cell_resolution"],
        [`${cell10}, 'party', 'resident', 'asb', ${now}`, "event_kind_known"],
        [`${cell10}, 'complaint', 'bird', 'asb', ${now}`, "event_source_known"],
        [`${cell10}, 'arrest', 'resident', 'asb', ${now}`, "event_source_discovered"],
        [`${cell10}, 'complaint', 'resident', 'loud', ${now}`, "event_category_known"],
        [
          `${cell10}, 'complaint', 'resident', 'asb', now(), now() - interval '1 minute'`,
          "event_ends_at_after_start",
        ],
      ] as const;
      for (const [values, constraint] of cases) {
        await expect(insert(values)).rejects.toMatchObject({ code: "23514", constraint });
      }
    });

    // The longer ones are in tests/slow.
    const { name } = collisionsFile;
    test.skipIf(!hasSharedFile(name))(`${name}: every row is accounted for`, () =>
      expectEveryRow(bench, collisionsFile, engine),
    );
  },
  fillPlaces,
);
