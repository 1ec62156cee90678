import { describe, expect, test } from "vitest";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import { leaveWhereDue } from "#server/protected-time/leaving.ts";
import { asOwner } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { placePlanApp } from "#tests/support/place-plan-app.ts";
import { planBody, planCells } from "#tests/support/place-plans.ts";

onOneEngine(
  "place plans shared, and actions, over HTTP",
  ({ db }) => {
    const { services, callers, one, add, pin, sharedOf, share, comment } = placePlanApp(db);

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
        const history = wire.planHistoryReply.parse(
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
        await leaveWhereDue(services(), Date.now());
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
        wire.placeActionsReply.parse((await caller.get("/api/place-actions")).json()).actions;
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
  },
  fillDemo,
);
