import { describe, expect, test } from "vitest";
import { assessmentReply, displacementReply } from "#core/displacement/wire/displacement.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { PreviewReply } from "#core/releases/wire/releases.ts";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";
import { UsageError } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { displacementCommand } from "#server/displacement/commands/displacement.ts";
import { createOperation } from "#server/displacement/operations/store.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { report } from "#tests/support/displacement.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { pickettsLock } from "#tests/support/watch.ts";

const address = "/api/displacement?operation=boxster-2021";

onOneEngine(
  "displacement",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    test("SAFEGUARDS 11: the demonstration's fall at the core with a rise at an edge is a banner", async () => {
      const reply = displacementReply.parse((await analyst.get(address)).json());
      expect(reply.treatedArea.verdict).toBe("fall");
      const risen = reply.edges.filter((edge) => edge.verdict === "rise");
      expect(risen.map((edge) => edge.neighbour)).toEqual(["Waltham Forest"]);
      expect(reply.banner).toContain("rose at the boundary: Waltham Forest");
      const shown = (await app.stranger.get("/api/public/releases/latest")).json<ReleaseReply>();
      expect(shown.release.movedNotes).toEqual([
        {
          operation: "boxster-2021",
          text: "Reports fell in the streets of the operation but rose near the boundary with Waltham Forest: the problem may have moved.",
          basis:
            "Counted: complaints by residents from 1 August to 30 September 2021, against 1 June to 31 July 2021 and against the rest of Enfield and Haringey.",
        },
      ]);
    });

    test("compares equal periods up to as-at and gives each neighbour its row", async () => {
      const reply = displacementReply.parse((await analyst.get(address)).json());
      expect(reply.after).toEqual({ from: "2021-08-01", to: "2021-11-26", days: 118 });
      expect(reply.before).toEqual({ from: "2021-04-05", to: "2021-07-31", days: 118 });
      expect(reply.edges.length).toBe(10);
      for (const edge of reply.edges) {
        expect(edge.oneSided, edge.neighbour).toBe(edge.outer === null);
        const outer = edge.outer ?? [0, 0];
        expect(edge.treated).toEqual([edge.inner[0] + outer[0], edge.inner[1] + outer[1]]);
      }
      expect(reply.method.join()).toContain("odds ratio is 4.79");
    });

    test("each row can be replayed from its counts with the plain kernel", async () => {
      const reply = displacementReply.parse((await analyst.get(address)).json());
      const rows = [reply.overall, reply.treatedArea, reply.rings, ...reply.edges];
      let replayed = 0;
      for (const { treated, control, controlScale, ...row } of rows) {
        if (controlScale === null) continue;
        const { wdd, se } = weightedDisplacementDifference({
          treated,
          control,
          areaWeights: [1, 1 / controlScale, 1, 1],
          // What was estimated from the counts before enters by the control's own change.
          timeWeights: [control[0] / Math.max(1, control[1]), 1],
          alpha: 0.05,
        });
        // What comparable places did by themselves, up to where an interval of 95% ends.
        const z = 1.959963984540054;
        const apart = controlScale * control[1] * (Math.expm1(z * (row.placebo?.spread ?? 0)) / z);
        const widened = Math.hypot(se * Math.sqrt(row.dispersion ?? Number.NaN), apart);
        expect(row.wdd).toBeCloseTo(wdd, 9);
        expect(row.se).toBeCloseTo(widened, 9);
        expect(row.z).toBeCloseTo(wdd / widened, 9);
        expect(row.low).toBeCloseTo(wdd - z * widened, 6);
        expect(row.high).toBeCloseTo(wdd + z * widened, 6);
        replayed += 1;
      }
      expect(replayed).toBeGreaterThan(5);
    });

    test("SAFEGUARDS 4: it is the same, byte for byte, with and without outreach and patrols", async () => {
      await addPatrol(db());
      const before = (await analyst.get(address)).body;
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
      expect((await analyst.get(address)).body).toBe(before);
    });

    test("one report with a slip of a year changes no figure, and is said to be left out", async () => {
      const plain = displacementReply.parse((await analyst.get(address)).json());
      for (const date of ["2014-09-05", "2019-09-05"]) {
        const batch = await storeReports(db(), [report(pickettsLock, `${date}T22:10`)]);
        const reply = displacementReply.parse((await analyst.get(address)).json());
        const note =
          "Reports before 1 August 2020 are excluded, because nothing was reported for more than three months after them.";
        expect(reply, date).toEqual({ ...plain, notes: [...plain.notes, note] });
        await asOwner(db(), "delete from event where batch_id = $1::int", [batch]);
      }
      expect((await analyst.get(address)).json()).toEqual(plain);
    });

    const saveHarm = async (...weights: { name: string; weight: number }[]) => {
      const reply = await analyst.send("POST", "/api/harm-weights", {
        name: "Weights of a test",
        source: "Made for a test, 2024, found nowhere else",
        weights,
      });
      return reply.json<{ version: number }>().version;
    };

    test("in harm by a saved version, beside the plain figures and without changing them", async () => {
      const plain = displacementReply.parse((await analyst.get(address)).json());
      const weights = [
        { name: "complaint", weight: 1 },
        { name: "sighting", weight: 2 },
      ];
      const version = await saveHarm(...weights);
      const byVersion = async () =>
        displacementReply.parse((await analyst.get(`${address}&harm=v${version}`)).json());
      const asked = await byVersion();
      const { harm, ...rest } = asked;
      expect({ ...rest, harm: null }).toEqual(plain);
      expect(harm?.weights).toEqual(weights);
      expect(harm?.rows.length).toBe(3 + plain.edges.length);
      expect(harm?.table).toMatchObject({ version, name: "Weights of a test" });
      // Whatever is saved after it.
      await saveHarm({ name: "complaint", weight: 8 });
      expect(await byVersion()).toEqual(asked);
      const missing = await analyst.get(`${address}&harm=v99`);
      expect(missing.statusCode).toBe(404);
      expect(missing.body).toContain("There is no version 99 of the harm weights.");
    });

    test.each([
      ["/api/displacement", 400, "name of an operation, or an area with a start date"],
      ["/api/displacement?area=Enfield", 400, "an area with a start date"],
      [`${address}&area=Enfield&start=2021-08-01`, 400, "name of an operation"],
      ["/api/displacement?operation=none", 404, "Operations: boxster-2021."],
      ["/api/displacement?area=Nowhere&start=2021-08-01", 404, "There is no area"],
      [
        "/api/displacement?area=Enfield&start=2021-12-01",
        422,
        "there are no records after 2021-11-26",
      ],
      [`${address}&after=119`, 422, "there are only 118"],
      [
        "/api/displacement?area=Enfield&start=2020-08-01",
        422,
        "records start on 2020-08-01. There is nothing before it",
      ],
      ["/api/displacement?area=Enfield&start=2019-01-01", 422, "nothing before it"],
    ])("%s is answered with %i and what to do", async (url, status, words) => {
      const reply = await analyst.get(url);
      expect(reply.statusCode).toBe(status);
      expect(reply.json<{ detail: string }>().detail).toContain(words);
    });

    test.each(["&before=0", "&before=x", "&after=-3", "&start=31/02/2021"])(
      "%s is refused",
      async (more) => {
        expect((await analyst.get(address + more)).statusCode).toBe(400);
      },
    );

    test("an operation outside the command is refused, and does not hide another one's banner", async () => {
      await db().transaction(ownerActor, (tx) =>
        createOperation(tx, {
          name: "far away",
          cells: ["8a1fb46622dffff" as never],
          startsOn: "2021-09-01",
          endsOn: null,
          control: null,
          phases: [],
        }),
      );
      const reply = await analyst.get("/api/displacement?operation=far%20away");
      expect(reply.statusCode).toBe(422);
      const preview = (await analyst.get("/api/releases/preview")).json<PreviewReply>();
      expect(preview.content?.movedNotes.map((one) => one.operation)).toEqual(["boxster-2021"]);
    });

    describe("boxster displacement", () => {
      const run = (values: Record<string, string>) =>
        runCommand(app.services, displacementCommand, { values });

      test("prints the same figures, sentence by sentence, without the cells", async () => {
        const { json, text } = await run({ operation: "boxster-2021" });
        const { zones: _, ...reply } = displacementReply.parse((await analyst.get(address)).json());
        expect(assessmentReply.parse(json)).toEqual(reply);
        expect(text).toContain(reply.overall.sentence);
        expect(text).toContain(reply.banner);
        for (const edge of reply.edges) expect(text).toContain(edge.sentence);
      });

      test("takes any area from a start date, with days on either side", async () => {
        const { json } = await run({
          area: "Edmonton Green",
          start: "2021-08-01",
          before: "300",
          after: "60",
        });
        expect(assessmentReply.parse(json)).toMatchObject({
          operation: { name: "Edmonton Green from 2021-08-01" },
          before: { days: 300, to: "2021-07-31" },
          after: { days: 60, from: "2021-08-01" },
        });
      });

      test("says control and harm in words", async () => {
        const version = await saveHarm({ name: "complaint", weight: 1 });
        const { json, text } = await run({ operation: "boxster-2021", harm: `v${version}` });
        const reply = assessmentReply.parse(json);
        expect(text).toContain(reply.controlCheck.sentence);
        for (const row of reply.harm?.rows ?? []) expect(text).toContain(row.sentence);
        expect(reply.harm?.rows.length).toBeGreaterThan(3);
      });

      test.each([
        [{ operation: "boxster-2021", harm: "complaint:1" }, "--harm"],
        [{}, "--operation NAME | --area NAME --start DATE"],
        [{ area: "Enfield" }, "--operation NAME | --area NAME --start DATE"],
        [{ operation: "boxster-2021", before: "many" }, "--before"],
        [{ area: "Enfield", start: "August" }, "--start"],
      ])("a wrong call gets the usage: %j", async (values: Record<string, string>, words) => {
        const failed = run(values);
        await expect(failed).rejects.toThrow(UsageError);
        await expect(failed).rejects.toThrow(words);
      });
    });
  },
  fillDemo,
);
