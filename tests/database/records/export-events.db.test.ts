import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { exportCommand } from "#server/records/commands/export-events.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import { insertEvents } from "#server/records/queries/events.ts";
import { testServices } from "#tests/support/app.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { complaintAt } from "#tests/support/reports.ts";

const cell = cellAt([-0.0634, 51.6255], 10);

/** The later one first, with a type that has letters beyond ASCII; the last has not ended yet. */
async function fill(db: Database): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    const batch = await createBatch(tx, { person: "tester", fileName: "made-up" });
    const codes = await codesOfTypes(tx, "plain", ["Tapage à vélo"]);
    const event = (at: string, hours: number) =>
      complaintAt(cell, Date.parse(at), { endsAt: Date.parse(at) + hours * 3_600_000 });
    await insertEvents(tx, batch, [
      { ...event("2021-11-05T22:30Z", 2), typeCode: [...codes.values()][0] ?? 0 },
      event("2019-03-31T01:30Z", 0),
      event(new Date().toISOString(), 400),
    ]);
    await finishBatch(tx, batch, { rows: 3, accepted: 3, rejected: 0, duplicates: 0 });
  });
}

onEachEngine(
  "export of events",
  ({ db }) => {
    const folders = scratchFolders();
    afterAll(folders.clear);
    let file = "";
    beforeAll(() => {
      file = join(folders.make(), "events.parquet");
    });
    const run = async (words: readonly string[], parquet?: string) =>
      runCommand(await testServices(db()), exportCommand, {
        positionals: words,
        values: parquet === undefined ? {} : { parquet },
      });

    test("a Parquet file has every known event as it is stored, and is for its owner alone", async () => {
      const { json } = await run(["events"], file);
      expect(json).toEqual({ file, events: 2, bytes: statSync(file).size });
      expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
      const octets = readFileSync(file);
      const rows = await parquetReadObjects({ file: new Uint8Array(octets).buffer });
      const usual = { cell, kind: "complaint", source: "resident", category: "asb" };
      const at = (text: string) => new Date(text);
      expect(rows).toEqual([
        {
          ...usual,
          starts_at: at("2019-03-31T01:30Z"),
          ends_at: at("2019-03-31T01:30Z"),
          type: null,
        },
        {
          ...usual,
          starts_at: at("2021-11-05T22:30Z"),
          ends_at: at("2021-11-06T00:30Z"),
          type: "Tapage à vélo",
        },
      ]);
    });

    test("a file that is there, a folder that is not, and other words are refused; nothing is left", async () => {
      await expect(run(["events"], file)).rejects.toThrow("exists already");
      const none = join(folders.make(), "none", "events.parquet");
      await expect(run(["events"], none)).rejects.toThrow("its folder is not there");
      expect(existsSync(none)).toBe(false);
      await expect(run(["patrols"], file)).rejects.toThrow('"patrols" is none of events');
      await expect(run(["events"])).rejects.toThrow("--parquet is missing");
    });
  },
  fill,
);
