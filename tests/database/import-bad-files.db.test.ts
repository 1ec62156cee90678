import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillPlaces } from "#server/places/load.ts";
import { badFiles, oddFiles } from "#tests/support/bad-files.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";

onEachEngine(
  "files that nobody designed for this tool",
  ({ db }) => {
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterEach(() => bench.undoAll());
    afterAll(() => bench.close());

    describe("are refused with one message, and nothing is saved", () => {
      for (const { title, bytes, fault, row } of badFiles) {
        test(title, async () => {
          if (fault) {
            const run = bench.importBytes(bytes);
            await expect(run).rejects.toMatchObject({
              name: "FileFault",
              message: expect.stringMatching(fault) as unknown,
            });
          } else {
            const result = await bench.importBytes(bytes);
            expect(result).toMatchObject({ batch: null, rows: 1, accepted: 0, rejected: 1 });
            expect(result.errors).toEqual([
              { ...row, reason: expect.stringMatching(row?.reason ?? /^$/) as unknown },
            ]);
          }
          expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
        });
      }
    });

    describe("come in all the same", () => {
      for (const { title, bytes } of oddFiles) {
        test(title, async () => {
          const result = await bench.importBytes(bytes);
          expect(result).toMatchObject({ rows: 1, accepted: 1, rejected: 0, errors: [] });
          expect(await bench.stored()).toEqual({ events: 1, batches: 1 });
        });
      }
    });
  },
  async (db) => {
    await fillPlaces(db);
  },
);
