import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { dayMs } from "#core/time/zone.ts";
import { logPatrolCommand } from "#server/patrols/commands/log-patrol.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const cell = cellAt([-0.0631, 51.6179], 10);
const head = "latitude,longitude,from,to,units";
const here = "51.6179,-0.0631";

onOneEngine(
  "logged patrols",
  ({ db }) => {
    const app = appWith(db);
    const folder = scratchFolder("dose");

    async function log(...rows: readonly string[]) {
      const file = join(folder, "visits.csv");
      await writeFile(file, [head, ...rows].join("\n"));
      return runCommand(app.services, logPatrolCommand, { positionals: [file], values: {} });
    }
    const readAs = async (role: "sergeant" | "analyst") =>
      doseReply.parse((await (await app.as(role)).get("/api/dose")).json());

    test("come back as minutes by cell and London day, and never by the hour", async () => {
      const { json } = await log(
        `${here},2021-11-05 11:00,2021-11-05 11:15,2`,
        `${here},2021-11-05 23:30,2021-11-06 00:30,1`,
        `${here},2021-07-05 00:30,2021-07-05 00:45,1`,
        // After the demonstration's own date.
        `${here},2021-11-28 11:00,2021-11-28 12:00,1`,
      );
      expect(json).toEqual({ rows: 4, logged: 4, known: 0 });
      for (const role of ["sergeant", "analyst"] as const) {
        expect(await readAs(role)).toEqual({
          cells: [cell],
          cell: [0, 0],
          day: [Date.parse("2021-07-05") / dayMs, Date.parse("2021-11-05") / dayMs],
          minutes: [15, 90],
        });
      }
    });

    test("that are brought in again count once", async () => {
      const again = await log(
        `${here},2021-11-05 11:00,2021-11-05 11:15,2`,
        `${here},2021-11-06 11:00,2021-11-06 11:15,1`,
      );
      expect(again.json).toEqual({ rows: 2, logged: 1, known: 1 });
    });

    test("with one bad row are not logged at all, and the row is named", async () => {
      const before = await readAs("analyst");
      const bad = log(
        `${here},2021-11-08 11:00,2021-11-08 11:15,1`,
        `${here},2021-11-08 11:15,2021-11-08 11:00,1`,
      );
      await expect(bad).rejects.toThrow(
        "Nothing was saved. line 3: it ends at or before it starts.",
      );
      expect(await readAs("analyst")).toEqual(before);
    });
  },
  async () => undefined,
);
