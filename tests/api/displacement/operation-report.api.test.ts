import { expect, test } from "vitest";
import { operationReportReply } from "#core/displacement/wire/operations.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";

onOneEngine(
  "the report of an operation",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

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
  },
  fillDemo,
);
