import { expect, test } from "vitest";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { operationsReply } from "#core/displacement/wire/operations.ts";
import { previewReply } from "#core/releases/wire/releases.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "phases of an operation",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");
    const answers = async () => {
      const { content } = previewReply.parse((await analyst.get("/api/releases/preview")).json());
      return content?.answers ?? [];
    };
    const assessment = async () =>
      (await analyst.get("/api/displacement?operation=boxster-2021")).json<AssessmentReply>();

    test("change nothing of what is said and assessed without them; the panel tells those that the figures carry", async () => {
      const { operations } = operationsReply.parse((await analyst.get("/api/operations")).json());
      const [stored] = operations;
      if (!stored) throw new Error("The demonstration has no operation");
      const before = { answers: await answers(), assessment: await assessment() };
      expect(before.assessment.phases).toEqual([]);
      expect(JSON.stringify(before.answers)).not.toContain("phases");
      const { name, startsOn, endsOn, revision, treatedArea, cells } = stored;
      const body = { name, startsOn, endsOn, revision, control: null };
      const kept = await analyst.send("PUT", `/api/operations/${stored.id}`, {
        ...body,
        treated: { ...treatedArea, cells },
        phases: [
          { name: "Clear", startsOn: "2021-08-01" },
          { name: "Hold", startsOn: "2021-09-20" },
        ],
      });
      expect(kept.statusCode, kept.body).toBe(200);
      const { phases, ...rest } = await assessment();
      expect({ ...rest, phases: [] }).toEqual(before.assessment);
      expect(phases.map((phase) => [phase.name, phase.days])).toEqual([
        ["Clear", 50],
        ["Hold", 68],
      ]);
      const [told, ...others] = await answers();
      expect(others).toEqual([]);
      const { phases: spoken = [], ...again } = told ?? before.answers[0] ?? {};
      expect([again]).toEqual(before.answers);
      // Hold has eleven public days, which are no whole month.
      expect(spoken.map((phase) => [phase.name, phase.basis.split(",")[0]])).toEqual([
        ["Clear", "Counted: complaints by residents from 1 August to 19 September 2021"],
      ]);
      expect(spoken[0]?.text).toMatch(/^Reports in the streets of the operation fell\./);
      const history = (await analyst.get(`/api/operations/${stored.id}/history`)).body;
      expect(history).toContain(
        "phases: none, now Clear (1 Aug 2021 to 19 Sep 2021), Hold (20 Sep 2021 on)",
      );
    });
  },
  fillDemo,
);
