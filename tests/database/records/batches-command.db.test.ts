import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ActServices } from "#server/acts/services.ts";
import { fillPlaces } from "#server/places/load.ts";
import { batchesCommand, undoCommand } from "#server/records/commands/batches.ts";
import { importCommand } from "#server/records/commands/import.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { plainTable } from "#tests/support/import.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

interface Listed {
  readonly batches: readonly { readonly batch: number; readonly fileName: string }[];
}

onEachEngine(
  "the numbers of batches on the command line",
  ({ db }) => {
    let services: ActServices;
    const folder = scratchFolder("batches");
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(async () => {
      await services.solver.close();
    });

    const list = () => runCommand(services, batchesCommand, {});
    const undo = (word: string) => runCommand(services, undoCommand, { positionals: [word] });

    test("are listed with file, time and counts, and undo takes them", async () => {
      expect((await list()).text).toEqual(["No imports yet."]);
      const file = join(folder, "june.csv");
      await writeFile(file, plainTable(["2021-06-05", "not a day"]));
      const { json } = await runCommand(services, importCommand, { positionals: [file] });
      const { batch } = json as { batch: number };
      const listed = await list();
      expect(listed.json).toMatchObject({
        batches: [
          {
            batch,
            fileName: "june.csv",
            person: "tester",
            rows: 2,
            accepted: 1,
            rejected: 1,
            duplicates: 0,
          },
        ],
      });
      expect(listed.text).toEqual([
        expect.stringMatching(/^batch +imported +accepted +rejected +duplicates +file$/),
        expect.stringMatching(
          new RegExp(
            `^ +${batch}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +1 +1 +0  june\\.csv, by tester$`,
          ),
        ),
      ]);

      const number = (listed.json as Listed).batches[0]?.batch;
      expect((await undo(String(number))).text[0]).toContain(`Batch ${batch} (june.csv) is gone`);
    });

    test("are named where undo is given a wrong one", async () => {
      await expect(undo("june.csv")).rejects.toThrow("BATCH june.csv: give its number.");
      await expect(undo("99")).rejects.toMatchObject({
        status: 404,
        detail: expect.stringMatching(/There is no import 99.* "boxster batches" lists them\.$/),
      });
      expect(undoCommand.moreHelp?.([])).toEqual([expect.stringContaining('"boxster batches"')]);
    });
  },
  fillPlaces,
);
