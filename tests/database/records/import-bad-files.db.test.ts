import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fillPlaces } from "#server/places/load.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { badFiles, unusualFiles } from "#tests/support/all-bad-files.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type ImportBench, openImportBench } from "#tests/support/import-server.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

test("there are at least forty of them", () => {
  expect(badFiles.length).toBeGreaterThanOrEqual(40);
  expect(new Set(badFiles.map(({ title }) => title)).size).toBe(badFiles.length);
});

// Refused before a statement is sent; what a database does with rows that come in: import.db.test.ts.
onOneEngine(
  "files that nobody designed for this tool",
  ({ db }) => {
    const folder = scratchFolder("bad");
    let bench: ImportBench;
    beforeAll(async () => {
      bench = await openImportBench(db());
    });
    afterAll(async () => {
      await bench.close();
    });

    /** As it is typed: the file is on disk, and its name says nothing. */
    const command = (bytes: Uint8Array) => {
      const file = join(folder, "file");
      writeFileSync(file, bytes);
      return runCommand(bench.services, importCommand, { positionals: [file] });
    };

    describe("are refused by the command with one message, and nothing is saved", () => {
      for (const { title, bytes, fault, row } of badFiles) {
        test(title, async () => {
          if (fault) {
            const refusal: unknown = await command(bytes).then(
              () => "was not refused",
              (error: unknown) => error,
            );
            expect(refusal).toMatchObject({ name: "CommandError" });
            const { message } = refusal as Error;
            expect(message).toMatch(/^[^\n]{10,600}\. Nothing was saved\.$/);
            expect(message).not.toMatch(/ at .*:\d+:\d+|node:|undefined|\[object/);
            expect(message.charAt(0).toLowerCase() + message.slice(1)).toMatch(
              new RegExp(fault.source.replace(/^\^/, ""), "i"),
            );
          } else {
            const { exit, json, text } = await command(bytes);
            expect(exit).toBe(1);
            expect(json).toMatchObject({ batch: null, rows: 1, accepted: 0, rejected: 1 });
            const wanted = {
              ...row,
              reason: expect.stringMatching(row?.reason ?? /^$/) as unknown,
            };
            expect((json as { errors: unknown }).errors).toMatchObject([wanted]);
            expect(text.join("\n")).toMatch(
              new RegExp(`^(Line|Row|Feature) ${row?.row}, ${row?.column}`, "m"),
            );
          }
          expect(await bench.stored()).toEqual({ events: 0, batches: 0 });
        });
      }
    });

    describe("come in all the same", () => {
      afterEach(() => bench.undoAll());

      for (const { title, bytes } of unusualFiles) {
        test(title, async () => {
          const result = await bench.importBytes(bytes);
          expect(result).toMatchObject({ rows: 1, accepted: 1, rejected: 0, errors: [] });
          expect(await bench.stored()).toEqual({ events: 1, batches: 1 });
        });
      }
    });
  },
  fillPlaces,
);
