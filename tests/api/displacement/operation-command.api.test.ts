import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type OperationReply,
  operationKept,
  operationReportReply,
  operationsReply,
} from "#core/displacement/wire/operations.ts";
import { UsageError } from "#server/cli/command.ts";
import { operationCommand } from "#server/displacement/commands/operation.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

onOneEngine(
  "operations by command, and their report",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    const all = async () =>
      operationsReply.parse((await analyst.get("/api/operations")).json()).operations;
    const one = async (id: number): Promise<OperationReply> => {
      const found = (await all()).find((operation) => operation.id === id);
      if (!found) throw new Error(`Operation ${id} is not listed`);
      return found;
    };
    const report = async () =>
      operationReportReply.parse((await analyst.get("/api/operations/1/report")).json());

    test("the report is the assessment of that revision, with caveats and one total of patrol", async () => {
      const { operation, assessment, dose, asAt, caveats } = await report();
      const asked = await analyst.get("/api/displacement?operation=boxster-2021");
      expect(assessment).toEqual(asked.json());
      expect({ name: operation.name, revision: operation.revision, asAt }).toEqual({
        name: "boxster-2021",
        revision: 1,
        asAt: "2021-11-26",
      });
      expect(dose.hours).toBeGreaterThan(10);
      expect(caveats.length).toBeGreaterThan(0);
    });

    test("SAFEGUARDS 4: what a report compares is the same with and without outreach and patrols", async () => {
      await addPatrol(db());
      const before = await report();
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
      const { dose: _, ...after } = await report();
      const { dose: __, ...same } = before;
      expect(after).toEqual(same);
    });

    const folder = scratchFolder("operation");
    const run = (
      positionals: readonly string[],
      values: Readonly<Record<string, string | readonly string[]>> = {},
    ) =>
      runCommand(app.services, operationCommand, {
        positionals,
        values: values as Record<string, string>,
      });
    const geoJson = (name: string, geometry: object) => {
      const path = join(folder, name);
      const feature = { type: "Feature", properties: {}, geometry };
      writeFileSync(path, JSON.stringify({ type: "FeatureCollection", features: [feature] }));
      return path;
    };

    test("adds by a named area, changes, ends and lists", async () => {
      const added = await run(["add", "By command"], {
        area: "Edmonton Green",
        start: "2021-09-01",
        phase: ["First,2021-09-01,2021-09-30", "Then,2021-10-01"],
        "control-area": "Crouch End",
      });
      const { id } = operationKept.parse(added.json);
      expect(await one(id)).toMatchObject({
        treatedArea: { by: "named", name: "Edmonton Green" },
        controlArea: { by: "named", name: "Crouch End" },
        phases: [{ name: "First" }, { name: "Then", endsOn: null }],
        changedBy: "tester",
      });
      await run(["change", "By command"], { name: "By a command", "control-area": "none" });
      await run(["end", "By a command"], { on: "2021-11-01" });
      expect(await one(id)).toMatchObject({ revision: 3, endsOn: "2021-11-01", control: null });
      const { text, json } = await run(["list"]);
      expect(operationsReply.parse(json).operations.length).toBe((await all()).length);
      expect(text.join("\n")).toMatch(
        /By a command: from 1 Sep 2021 to 1 Nov 2021, Edmonton Green/,
      );
    });

    test("adds the corridor along a street, and along a line or an area of a file", async () => {
      const street = await run(["add", "A street"], {
        street: "fore street",
        width: "100",
        start: "2021-09-01",
      });
      const kept = await one(operationKept.parse(street.json).id);
      expect(kept.treatedArea).toEqual({
        by: "corridor",
        name: "Along Fore Street, 100 m on either side",
      });
      expect(kept.cells.length).toBeGreaterThan(20);
      const line = geoJson("line.geojson", {
        type: "LineString",
        coordinates: [
          [-0.1, 51.65],
          [-0.09, 51.65],
        ],
      });
      const ofLine = await run(["add", "A line"], {
        file: line,
        width: "60",
        start: "2021-09-01",
      });
      expect((await one(operationKept.parse(ofLine.json).id)).cells.length).toBeGreaterThan(5);
      const square = geoJson("square.geojson", {
        type: "Polygon",
        coordinates: [
          [
            [-0.1, 51.65],
            [-0.09, 51.65],
            [-0.09, 51.655],
            [-0.1, 51.655],
            [-0.1, 51.65],
          ],
        ],
      });
      const ofArea = await run(["add", "A square"], { file: square, start: "2021-09-01" });
      expect(ofArea.text.join()).toContain("shares");
      expect((await one(operationKept.parse(ofArea.json).id)).treatedArea.by).toBe("cells");
    });

    test.each([
      [["add", "X"], { start: "2021-09-01" }, UsageError, "--area, --street or --file"],
      [["add", "X"], { start: "soon", area: "Enfield" }, UsageError, "--start"],
      [["add", "X"], { start: "2021-09-01", area: "Nowhere" }, Error, "There is no area"],
      [["add", "X"], { start: "2021-09-01", street: "Nowhere" }, Error, "is not known"],
      [
        ["add", "X"],
        { start: "2021-09-01", area: "Enfield", street: "Fore Street" },
        UsageError,
        "Give one of",
      ],
      [["change", "By nobody"], { end: "none" }, Error, "There is no such operation"],
      [["end", "boxster-2021"], {}, UsageError, "--on is missing"],
      [["end", "boxster-2021"], { on: "2021-11-01", revision: "7" }, Error, "revision 7"],
      [["forget", "boxster-2021"], {}, UsageError, "none of list, add"],
      [["list", "more"], {}, UsageError, "Unexpected argument"],
    ] as const)("%j %j is refused in words", async (words, values, kind, said) => {
      const failed = run(words, values);
      await expect(failed).rejects.toBeInstanceOf(kind);
      await expect(failed).rejects.toThrow(said);
    });
  },
  fillDemo,
);
