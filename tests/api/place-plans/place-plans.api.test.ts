import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import {
  type PlacePlanReply,
  placeActionsReply,
  placePlanKept,
  placePlansReply,
  planHistoryReply,
  sharedPlansReply,
} from "#core/place-plans/wire/place-plans.ts";
import { leaveWhereDue } from "#server/protected-time/leave-due.ts";
import { asOwner, auditOf } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { pinQuery, planBody, planCells } from "#tests/support/place-plans.ts";

onOneEngine(
  "place plans over HTTP",
  ({ db }) => {
    let app: TestApp;
    const callers = {} as Record<
      "sergeant" | "analyst" | "coordinator" | "auditor" | "a" | "b",
      TestCaller
    >;
    let count = 0;
    beforeAll(async () => {
      app = await openTestApp(db());
      for (const role of ["sergeant", "analyst", "coordinator", "auditor"] as const) {
        callers[role] = await app.as(role);
      }
      callers.a = await app.as("partner", "a");
      callers.b = await app.as("partner", "b");
    });
    afterAll(() => app.close());

    const plansOf = async (caller: TestCaller) =>
      placePlansReply.parse((await caller.get("/api/place-plans")).json()).plans;
    const one = async (caller: TestCaller, id: number): Promise<PlacePlanReply> => {
      const found = (await plansOf(caller)).find((plan) => plan.id === id);
      if (!found) throw new Error(`Plan ${id} is not listed`);
      return found;
    };
    const add = async (more: object = {}) => {
      count += 1;
      const body = { ...planBody, name: `Place ${count}`, ...more };
      const reply = await callers.sergeant.send("POST", "/api/place-plans", body);
      expect(reply.statusCode, reply.body).toBe(200);
      return placePlanKept.parse(reply.json());
    };
    const put = (caller: TestCaller, id: number, body: object) =>
      caller.send("PUT", `/api/place-plans/${id}`, body);
    const pin = async (id: number, cell: string | null, query: object = pinQuery) =>
      callers.analyst.send("POST", `/api/place-plans/${id}/figures`, { query, cell });
    const sharedOf = async (caller: TestCaller) =>
      sharedPlansReply.parse((await caller.get("/api/outreach/place-plans")).json()).plans;
    const share = (id: number, partners: readonly string[]) =>
      callers.coordinator.send("PUT", `/api/place-plans/${id}/shares`, { partners });
    const comment = (caller: TestCaller, id: number, words: string) =>
      caller.send("POST", `/api/outreach/place-plans/${id}/comments`, { words });

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
      const history = planHistoryReply.parse(
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

    describe("who reads what", () => {
      test("coordinator and auditor read no figure, no cell and no scanning; police read no partner", async () => {
        const { id } = await add();
        await pin(id, null);
        await share(id, ["a"]);
        for (const role of ["coordinator", "auditor"] as const) {
          const plan = await one(callers[role], id);
          expect(plan).toMatchObject({ response: planBody.response, inner: null });
          expect(plan.sharing?.partners.filter(({ isShared }) => isShared)).toMatchObject([
            { code: "a" },
          ]);
          const body = (await callers[role].get("/api/place-plans")).body;
          expect(body).not.toContain(planCells[0]);
          expect(body).not.toContain(planBody.scanning);
        }
        for (const role of ["sergeant", "analyst"] as const) {
          expect((await one(callers[role], id)).sharing).toBeNull();
        }
        const history = planHistoryReply.parse(
          (await callers.auditor.get(`/api/place-plans/${id}/history`)).json(),
        );
        expect(history.revisions[0]?.changes).toBeNull();
      });

      test("the database itself keeps figures and scanning from the coordinator, and partners from police", async () => {
        const tries = [
          ["coordinator", "select content from place_plan_figure"],
          ["coordinator", "select scanning from place_plan"],
          ["coordinator", "select cells from place_plan"],
          ["coordinator", "select content from place_plan_revision"],
          ["auditor", "select words from place_plan_comment"],
          ["sergeant", "select partner_id from place_plan_comment"],
          ["sergeant", "select * from place_plan_share"],
          ["partner", "select scanning from place_plan"],
          ["partner", "select * from place_action"],
          ["partner", "select * from meeting_pack"],
          ["presenter", "select name from place_plan"],
          ["liaison", "select name from place_plan"],
          ["admin", "select name from place_plan"],
        ] as const;
        for (const [role, sql] of tries) {
          const actor = { person: "somebody", role, partner: role === "partner" ? "a" : null };
          await expect(
            db().transaction(actor, (tx) => tx.query(sql)),
            `${role}: ${sql}`,
          ).rejects.toMatchObject({ code: "42501" });
        }
      });
    });

    describe("a partner", () => {
      test("reads the place and response of what is shared with it, its own words, and no other partner's", async () => {
        const { id } = await add();
        const hidden = await add();
        expect((await sharedOf(callers.a)).map((plan) => plan.id)).not.toContain(id);
        await share(id, ["a", "b"]);
        const [mine] = (await sharedOf(callers.a)).filter((plan) => plan.id === id);
        expect(mine).toEqual({
          id,
          name: expect.any(String),
          state: "open",
          response: planBody.response,
          reviewOn: planBody.reviewOn,
          comments: [],
        });
        await comment(callers.b, id, "The van stops elsewhere now.");
        await comment(callers.a, id, "The lamps are out.");
        const ofA = (await callers.a.get("/api/outreach/place-plans")).body;
        expect(ofA).toContain("The lamps are out.");
        expect(ofA).not.toContain("The van stops");
        expect((await sharedOf(callers.a)).map((plan) => plan.id)).not.toContain(hidden.id);
      });

      test("reads the same, byte for byte, whether or not another partner exists, reads and comments", async () => {
        const { id } = await add();
        await share(id, ["a"]);
        await comment(callers.a, id, "Own words.");
        const before = (await callers.a.get("/api/outreach/place-plans")).body;
        await share(id, ["a", "b"]);
        await comment(callers.b, id, "Other words.");
        expect((await callers.a.get("/api/outreach/place-plans")).body).toBe(before);
        await share(id, ["b"]);
        expect((await sharedOf(callers.a)).map((plan) => plan.id)).not.toContain(id);
      });

      test("gets one answer for a plan that is not shared and one that is not there, and names nobody", async () => {
        const { id } = await add();
        const notShared = await comment(callers.a, id, "Hello.");
        const notThere = await comment(callers.a, 999_999, "Hello.");
        expect(notShared.statusCode).toBe(404);
        const { detail: one_ } = notShared.json<{ detail: string }>();
        expect(notThere.json<{ detail: string }>().detail).toBe(one_);
        await share(id, ["a"]);
        const named = await comment(callers.a, id, "Ask Mr Smith at Flat 3.");
        expect(named.statusCode).toBe(400);
        expect(named.body).toContain("somebody's name");
        const actor = { person: "partner of a", role: "partner" as const, partner: "a" };
        const other = await asOwner<{ id: string }>(
          db(),
          "select id::text as id from partner where code = 'b'",
        );
        await expect(
          db().transaction(actor, (tx) =>
            tx.query(
              `insert into place_plan_comment (plan_id, partner_id, words, said_at)
               values (${id}, ${other[0]?.id}, 'As another.', now())`,
            ),
          ),
        ).rejects.toMatchObject({ code: "42501" });
      });

      test("speaks to the coordinator; police read the words alone, and only once they are passed on", async () => {
        const { id } = await add();
        await share(id, ["a"]);
        await comment(callers.a, id, "The lamps are out.");
        expect((await one(callers.sergeant, id)).inner?.heard).toEqual([]);
        const [said] = (await one(callers.coordinator, id)).sharing?.comments ?? [];
        expect(said).toMatchObject({ words: "The lamps are out.", passedOn: null });
        expect((await one(callers.auditor, id)).sharing?.comments).toMatchObject([{ words: null }]);
        const url = `/api/place-plans/${id}/comments/${said?.id}/pass-on`;
        expect((await callers.coordinator.send("POST", url)).statusCode).toBe(200);
        expect((await one(callers.sergeant, id)).inner?.heard).toEqual([
          { words: "The lamps are out.", passedOn: "2021-11-26" },
        ]);
        const body = (await callers.sergeant.get("/api/place-plans")).body;
        expect(body).not.toContain(said?.partner);
      });

      test("who leaves takes its comments and shares along", async () => {
        const { id } = await add();
        await share(id, ["a", "b"]);
        await comment(callers.b, id, "Words that go.");
        const reply = await callers.b.send("POST", "/api/outreach/leave", {});
        expect(reply.statusCode, reply.body).toBe(200);
        await asOwner(
          db(),
          "update leaving set asked_at = asked_at - interval '1 day', due_at = due_at - interval '1 day'",
        );
        await leaveWhereDue(app.services, Date.now());
        const left = await asOwner<{ count: number }>(
          db(),
          `select (select count(*) from place_plan_comment where words = 'Words that go.')::int
             + (select count(*) from place_plan_share where plan_id = ${id})::int as count`,
        );
        expect(left[0]?.count).toBe(1);
      });
    });

    describe("place actions", () => {
      const actionsOf = async (caller: TestCaller) =>
        placeActionsReply.parse((await caller.get("/api/place-actions")).json()).actions;
      const action = (more: object = {}) => ({
        planId: null,
        packId: null,
        words: "Light the alley",
        owner: "council_lighting",
        dueOn: "2021-12-10",
        ...more,
      });
      const addAction = async (caller: TestCaller, more: object = {}) => {
        const reply = await caller.send("POST", "/api/place-actions", action(more));
        expect(reply.statusCode, reply.body).toBe(200);
        return reply.json<{ id: number; revision: number }>();
      };
      const change = (caller: TestCaller, id: number, more: object) => {
        const { planId: _, packId: __, ...fields } = action();
        return caller.send("PUT", `/api/place-actions/${id}`, {
          ...fields,
          state: "open",
          revision: 1,
          ...more,
        });
      };

      test("the coordinator owns them; police add, and change those of their own office alone", async () => {
        const lamp = await addAction(callers.sergeant);
        const own = await addAction(callers.coordinator, { owner: "neighbourhood_policing" });
        expect((await change(callers.sergeant, lamp.id, { state: "done" })).statusCode).toBe(403);
        const kept = { owner: "neighbourhood_policing" };
        expect((await change(callers.sergeant, own.id, {})).statusCode, "hands it on").toBe(403);
        expect(
          (await change(callers.sergeant, own.id, { ...kept, state: "done" })).statusCode,
        ).toBe(200);
        expect((await change(callers.coordinator, lamp.id, { state: "done" })).statusCode).toBe(
          200,
        );
        const done = (await actionsOf(callers.auditor)).find(({ id }) => id === lamp.id);
        expect(done).toMatchObject({ state: "done", closedOn: "2021-11-26", isOwn: false });
        const actor = { person: "somebody", role: "sergeant" as const, partner: null };
        const rows = await db().transaction(actor, (tx) =>
          tx.query(`update place_action set state = 'dropped' where id = ${lamp.id} returning 1`),
        );
        expect(rows, "the database itself").toEqual([]);
      });

      test("open ones stand by due date; what is past is overdue; the second of two is told", async () => {
        const { id } = await addAction(callers.coordinator, { dueOn: "2021-11-26" });
        await asOwner(db(), `update place_action set due_on = '2021-11-01' where id = ${id}`);
        const [first] = await actionsOf(callers.sergeant);
        expect(first).toMatchObject({ id, isOverdue: true });
        const kept = { dueOn: "2021-11-01" };
        expect(
          (await change(callers.coordinator, id, { ...kept, words: "Other" })).statusCode,
        ).toBe(200);
        const late = await change(callers.coordinator, id, { ...kept, words: "Third" });
        expect(late.statusCode).toBe(409);
        expect(late.body).toContain("Nothing was saved");
      });

      test.each([
        ["a name", { words: "Ask Mr Smith" }, 422],
        ["no words", { words: " " }, 422],
        ["a day that is past", { dueOn: "2021-11-25" }, 422],
        ["a day that is none", { dueOn: "2021-02-30" }, 400],
        ["a person as owner", { owner: "sergeant smith" }, 400],
        ["a plan that is not there", { planId: 999_999 }, 404],
      ])("%s is refused", async (_what, more, status) => {
        const reply = await callers.coordinator.send("POST", "/api/place-actions", action(more));
        expect(reply.statusCode, reply.body).toBe(status);
      });
    });

    test("every act leaves its line, with numbers and never a word of the plan", async () => {
      const { id } = await add();
      const lines = await auditOf(db(), "add a place plan", "change a place plan");
      expect(lines.at(-1)).toMatchObject({ act: "add a place plan", outcome: "done" });
      expect(JSON.stringify(lines.at(-1))).toContain(String(id));
      expect(JSON.stringify(lines)).not.toContain("slow down");
    });
  },
  fillDemo,
);
