import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { placePlanApp } from "#tests/support/place-plan-app.ts";
import { pinQuery, planBody, planCells } from "#tests/support/place-plans.ts";

onOneEngine(
  "place plans over HTTP",
  ({ db }) => {
    const { callers, plansOf, one, add, put, pin } = placePlanApp(db);

    test("are kept as they were written, by review date, with every revision", async () => {
      const { id } = await add({ reviewOn: "2021-11-27" });
      const kept = await one(callers.analyst, id);
      expect(kept).toMatchObject({
        revision: 1,
        state: "open",
        response: planBody.response,
        changedBy: "demonstration sergeant",
        inner: { scanning: planBody.scanning, figures: [], assessment: null, heard: [] },
        sharing: null,
      });
      expect(new Set(kept.inner?.area.cells)).toEqual(new Set(planCells));
      const first = (await plansOf(callers.sergeant))[0];
      expect(first?.id).toBe(id);
      const changed = { ...planBody, name: "Place renamed", reviewOn: "2022-01-11", revision: 1 };
      expect((await put(callers.analyst, id, changed)).json()).toMatchObject({ revision: 2 });
      const history = wire.planHistoryReply.parse(
        (await callers.sergeant.get(`/api/place-plans/${id}/history`)).json(),
      );
      expect(history.revisions).toMatchObject([
        {
          revision: 2,
          act: "changed",
          by: "demonstration analyst",
          changes: [
            expect.stringMatching(/^name: Place \d+, now Place renamed$/),
            "review: 27 Nov 2021, now 11 Jan 2022",
          ],
        },
        { revision: 1, act: "added", changes: [] },
      ]);
    });

    test("the second of two editors is told who, what and when, and nothing is lost", async () => {
      const { id, name } = await add();
      const body = { ...planBody, name, revision: 1 };
      await put(callers.analyst, id, { ...body, scanning: "Other words." });
      const late = await put(callers.sergeant, id, { ...body, stopRule: "Never mind." });
      expect(late.statusCode).toBe(409);
      expect(late.json()).toMatchObject({
        title: "Someone else saved first",
        detail: expect.stringMatching(
          /^demonstration analyst changed it at \d\d:\d\d \(now revision 2; you opened revision 1\)\. scanning: reworded\. Nothing was saved\./,
        ),
      });
      expect((await one(callers.sergeant, id)).inner?.scanning).toBe("Other words.");
      const both = await Promise.all([
        put(callers.analyst, id, { ...body, revision: 2, stopRule: "One." }),
        put(callers.sergeant, id, { ...body, revision: 2, stopRule: "Two." }),
      ]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    });

    describe("bad input", () => {
      const details = "Angela Smith, dob 12/03/1987, Flat 3, 14 Brettenham Road, 07700 900123. "
        .repeat(14)
        .slice(0, 1000);

      test.each([
        ["a person's details of 1,000 characters", { scanning: details }, "scanning", "name"],
        [
          "the same in the response",
          { response: { ...planBody.response, place: details } },
          "response.place",
          "name",
        ],
        ["a name as the place", { name: "Mr Smith's corner" }, "name", "name"],
        ["one character too many", { analysis: "a".repeat(1001) }, "analysis", "1,001"],
        [
          "when outreach comes",
          { response: { ...planBody.response, partners: "Outreach comes on Friday evenings." } },
          "response.partners",
          "may show when outreach comes",
        ],
        ["no place", { area: { by: "picked", name: null, cells: [] } }, "area", "Choose the place"],
        [
          "a place elsewhere",
          { area: { by: "picked", name: null, cells: disk(cellAt([2, 48], 10), 1) } },
          "area",
          "entirely outside",
        ],
        [
          "a whole district",
          { area: { by: "picked", name: null, cells: disk(cellAt([-0.09, 51.65], 10), 14) } },
          "area",
          "at most 400",
        ],
        ["a review that is past", { reviewOn: "2021-11-25" }, "reviewOn", "past"],
        ["a review in years", { reviewOn: "2023-11-25" }, "reviewOn", "within a year"],
        ["closed without a result", { state: "closed" }, "result", "Enter the result"],
      ])("%s is refused in words, and nothing is kept", async (_what, more, field, words) => {
        const before = (await plansOf(callers.sergeant)).length;
        const body = { ...planBody, name: "Refused", ...more };
        const reply = await callers.sergeant.send("POST", "/api/place-plans", body);
        expect(reply.statusCode, reply.body).toBe(422);
        const problem = reply.json<{
          detail: string;
          errors: { field: string; reason: string }[];
        }>();
        const fault = problem.errors.find((error) => error.field === field);
        expect(fault?.reason).toContain(words);
        expect(problem.detail).toContain("Nothing was saved.");
        expect(await plansOf(callers.sergeant)).toHaveLength(before);
      });

      test("what was refused for a person stands in no table and no line of the log", async () => {
        await callers.sergeant.send("POST", "/api/place-plans", {
          ...planBody,
          name: "Refused",
          scanning: "Angela Zuckermandel waits there, 07700 900555.",
        });
        const rows = await asOwner<{ text: string }>(
          db(),
          "select (select string_agg(detail::text, '') from audit) || (select string_agg(content::text, '') from place_plan_revision) as text",
        );
        expect(rows[0]?.text).not.toMatch(/Zuckermandel|900555/);
      });

      test("two plans of one name: the second is refused", async () => {
        const { name } = await add();
        const reply = await callers.sergeant.send("POST", "/api/place-plans", {
          ...planBody,
          name,
        });
        expect(reply.statusCode).toBe(409);
        expect(reply.json<{ title: string }>().title).toBe("This name is taken");
      });
    });

    describe("a pinned figure", () => {
      test("says what was counted, when and by which test, and is what Hotspots says", async () => {
        const { id } = await add();
        const hotspots = (
          await callers.analyst.get(`/api/hotspots?${new URLSearchParams(pinQuery)}`)
        ).json<{
          rows: { cell: string; count: number; q: number }[];
          test: string;
          total: number;
        }>();
        const top = hotspots.rows[0];
        expect((await pin(id, top?.cell ?? null)).statusCode).toBe(200);
        expect((await pin(id, null)).statusCode).toBe(200);
        const [cell, ranking] = (await one(callers.sergeant, id)).inner?.figures ?? [];
        expect(cell).toMatchObject({
          asAt: "2021-11-26",
          pinnedBy: "demonstration analyst",
          content: {
            of: "cell",
            ...pinQuery,
            kinds: ["complaint", "sighting"],
            sources: ["resident", "partner"],
            measure: "count",
            test: hotspots.test,
            total: hotspots.total,
          },
        });
        expect(cell?.content.rows).toMatchObject([
          { cell: top?.cell, count: top?.count, q: top?.q },
        ]);
        expect(ranking?.content.rows.map((row) => row.cell)).toEqual(
          hotspots.rows.slice(0, 10).map((row) => row.cell),
        );
      });

      test("does not change when records do", async () => {
        const { id } = await add();
        await pin(id, null);
        const before = await one(callers.sergeant, id);
        const gone = await asOwner(db(), "delete from event where kind = 'sighting' returning 1");
        expect(gone.length).toBeGreaterThan(100);
        await pin(id, null);
        const after = await one(callers.sergeant, id);
        expect(after.inner?.figures[0]).toEqual(before.inner?.figures[0]);
        expect(after.inner?.figures[1]?.content.total).toBeLessThan(
          before.inner?.figures[0]?.content.total ?? 0,
        );
      });

      test("of a place without reports is nought, and can be taken off and put back as it was", async () => {
        const { id } = await add();
        const quiet = cellAt([-0.09, 51.68], 10);
        const { figure } = (await pin(id, quiet)).json<{ figure: number }>();
        const pinned = (await one(callers.sergeant, id)).inner?.figures;
        expect(pinned?.[0]?.content.rows).toMatchObject([{ cell: quiet, count: 0, hot: false }]);
        const url = `/api/place-plans/${id}/figures/${figure}`;
        expect((await callers.sergeant.send("DELETE", url)).statusCode).toBe(200);
        expect((await one(callers.sergeant, id)).inner?.figures).toEqual([]);
        expect((await callers.sergeant.send("POST", `${url}/restore`)).statusCode).toBe(200);
        expect((await one(callers.sergeant, id)).inner?.figures).toEqual(pinned);
        expect(
          (await callers.sergeant.send("DELETE", `/api/place-plans/${id + 1}/figures/${figure}`))
            .statusCode,
        ).toBe(404);
      });

      test("of a place outside the chosen area is refused in words, and nothing is kept", async () => {
        const { id } = await add();
        const reply = await pin(id, cellAt([-0.09, 51.68], 10), { ...pinQuery, area: "Haringey" });
        expect(reply.statusCode, reply.body).toBe(422);
        expect(reply.json<{ detail: string }>().detail).toContain(
          "is not in Haringey, so nothing is counted there",
        );
        expect((await one(callers.sergeant, id)).inner?.figures).toEqual([]);
      });

      test("of a change keeps the change's own verdict", async () => {
        const { id } = await add();
        const query = { ...pinQuery, measure: "change" };
        expect((await pin(id, null, query)).statusCode).toBe(200);
        const [figure] = (await one(callers.sergeant, id)).inner?.figures ?? [];
        for (const row of figure?.content.rows ?? []) {
          expect(["rise", "fall", "no_clear_change", "too_few"]).toContain(row.verdict);
        }
        expect(figure?.content.rows).toHaveLength(10);
      });

      test.each([
        ["no dates", {}],
        ["an unknown measure", { ...pinQuery, measure: "effort" }],
        ["a word that is none", { ...pinQuery, colour: "red" }],
        ["a cell of another size", { ...pinQuery, resolution: "9" }],
      ])("%s is refused", async (_what, query) => {
        const { id } = await add();
        const reply = await pin(id, planCells[0] ?? null, query);
        expect(reply.statusCode, reply.body).toBe(400);
        expect((await one(callers.sergeant, id)).inner?.figures).toEqual([]);
      });
    });

    test("an assessment is pinned as Displacement says it as at today, and is a revision", async () => {
      const { id, name } = await add();
      const url = `/api/place-plans/${id}/assessment`;
      const reply = await callers.analyst.send("POST", url, {
        operation: "boxster-2021",
        revision: 1,
      });
      expect(reply.statusCode, reply.body).toBe(200);
      const said = (await callers.analyst.get("/api/displacement?operation=boxster-2021")).json<{
        overall: { sentence: string };
        banner: string | null;
      }>();
      const { inner, revision } = await one(callers.sergeant, id);
      expect(revision).toBe(2);
      expect(inner?.assessment).toMatchObject({
        operation: "boxster-2021",
        revision: 1,
        asAt: "2021-11-26",
      });
      expect(inner?.assessment?.sentence).toContain(said.overall.sentence);
      if (said.banner !== null) expect(inner?.assessment?.sentence).toContain(said.banner);
      const late = await put(callers.sergeant, id, { ...planBody, name, revision: 1 });
      expect(late.statusCode).toBe(409);
      expect(
        (await callers.analyst.send("POST", url, { operation: "none", revision: 2 })).statusCode,
      ).toBe(404);
    });
  },
  fillDemo,
);
