import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";
import { assessmentReply, bannersReply, displacementReply } from "#core/wire/displacement.ts";
import { operationsReply } from "#core/wire/operations.ts";
import { talliesReply } from "#core/wire/tallies.ts";
import { UsageError } from "#server/cli/command.ts";
import { displacementCommand } from "#server/cli/displacement.ts";
import { ownerActor } from "#server/db/database.ts";
import { createOperation } from "#server/queries/operations.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";

const address = "/api/displacement?operation=boxster-2021";

onEachEngine(
  "displacement",
  ({ db }) => {
    let app: TestApp;
    let analyst: TestCaller;
    beforeAll(async () => {
      app = await openTestApp(db());
      analyst = await app.as("analyst");
    });
    afterAll(() => app.close());

    test("is for sergeant and analyst; the presenter gets the banner and no figure", async () => {
      for (const role of [
        "presenter",
        "partner",
        "coordinator",
        "liaison",
        "admin",
        "auditor",
      ] as const) {
        for (const url of [address, "/api/operations", "/api/tallies"]) {
          expect((await (await app.as(role)).get(url)).statusCode, `${role} ${url}`).toBe(403);
        }
      }
      expect((await (await app.as("sergeant")).get(address)).statusCode).toBe(200);
    });

    test("SAFEGUARDS 11: the demonstration's fall at the core with a rise at an edge is a banner", async () => {
      const reply = displacementReply.parse((await analyst.get(address)).json());
      expect(reply.treatedArea.verdict).toBe("fall");
      const risen = reply.edges.filter((edge) => edge.verdict === "rise");
      expect(risen.map((edge) => edge.neighbour)).toEqual(["Waltham Forest"]);
      expect(reply.banner).toContain("rose at the edge: Waltham Forest");
      const presenter = await app.as("presenter");
      const shown = bannersReply.parse((await presenter.get("/api/displacement/banners")).json());
      expect(shown.banners).toEqual([
        {
          operation: "boxster-2021",
          text: "Reports fell in the streets of the operation but rose near the line with Waltham Forest: the problem may have moved.",
          basis:
            "Counted: reports by residents and partners from 1 August to 30 September 2021, against 1 June to 31 July 2021 and against the rest of Enfield and Haringey.",
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
      expect(reply.method.join()).toContain("odds ratio 4.79");
    });

    test("each row can be replayed from its counts with the plain kernel", async () => {
      const reply = displacementReply.parse((await analyst.get(address)).json());
      const rows = [reply.overall, reply.treatedArea, reply.rings, ...reply.edges];
      let replayed = 0;
      for (const { treated, control, controlScale, ...row } of rows) {
        if (controlScale === null) continue;
        const { wdd, se, z, low, high } = weightedDisplacementDifference({
          treated,
          control,
          areaWeights: [1, 1 / controlScale, 1, 1],
          alpha: 0.05,
        });
        expect({ wdd, se, z, low, high }).toEqual({
          wdd: row.wdd,
          se: row.se,
          z: row.z,
          low: row.low,
          high: row.high,
        });
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

    test.each([
      ["/api/displacement", 400, "an operation by its name, or an area together with a start date"],
      ["/api/displacement?area=Enfield", 400, "an area together with a start date"],
      [`${address}&area=Enfield&start=2021-08-01`, 400, "an operation by its name"],
      ["/api/displacement?operation=none", 404, "Operations: boxster-2021."],
      ["/api/displacement?area=Nowhere&start=2021-08-01", 404, "There is no area"],
      ["/api/displacement?area=Enfield&start=2021-12-01", 422, "nothing after 2021-11-26 is known"],
      [`${address}&after=119`, 422, "there are 118"],
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

    test("operations and tallies are listed as typed", async () => {
      const { operations } = operationsReply.parse((await analyst.get("/api/operations")).json());
      expect(operations.map((one) => [one.name, one.startsOn, one.endsOn])).toEqual([
        ["boxster-2021", "2021-08-01", null],
      ]);
      expect(operations[0]?.cells.length).toBeGreaterThan(10);
      const { tallies } = talliesReply.parse((await analyst.get("/api/tallies")).json());
      expect(tallies.map(({ measure, value }) => [measure, value])).toEqual([
        ["cautions", 43],
        ["kerb_crawlers_identified", 42],
        ["sex_workers_identified", 60],
      ]);
    });

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
      const banners = bannersReply.parse((await analyst.get("/api/displacement/banners")).json());
      expect(banners.banners.map((banner) => banner.operation)).toEqual(["boxster-2021"]);
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

      test.each([
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
