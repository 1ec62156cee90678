import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { ownerActor } from "#server/db/database.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { london, weekly } from "#tests/support/outreach.ts";
import {
  addSession,
  fillReports,
  giveCalendar,
  planFrom,
  suggestThrough,
} from "#tests/support/plan-database.ts";

onOneEngine(
  "arrival times that are hard to predict",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      const now = app.services.asAt.now();
      const { partnerId, place } = await giveCalendar(db(), now);
      const rule = weekly(planFrom, "20:30", "22:00");
      await addSession(db(), now, { partnerId, placeId: place.id, rule });
      // The same patrols in the two weeks before, approved and walked.
      for (const _ of [1, 2]) {
        const { plan } = await suggestThrough(sergeant);
        const agreed = await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {});
        expect(agreed.statusCode, agreed.body).toBe(200);
        await aWeekEarlier();
      }
    });

    const aWeekEarlier = () =>
      db().transaction(ownerActor, async (tx) => {
        await tx.query("delete from occupancy where kind = 'patrol'");
        await tx.query(
          `update patrol_window
           set starts_at = starts_at - interval '7 days', ends_at = ends_at - interval '7 days',
               shift_starts_at = shift_starts_at - interval '7 days',
               shift_ends_at = shift_ends_at - interval '7 days'`,
        );
        await tx.query(
          `update patrol_stop
           set arrives_at = arrives_at - interval '7 days',
               departs_at = departs_at - interval '7 days'`,
        );
        await tx.query("update patrol_plan set starts_on = starts_on - 7");
      });
    const stopsOf = ({ windows }: PlanReply) => windows.map(({ unit, stops }) => ({ unit, stops }));

    test("asked for, the plan scores more than it would and covers at most 1% less", async () => {
      const { plan: usual } = await suggestThrough(sergeant);
      const { plan: varied, messages } = await suggestThrough(sergeant, { varyTimes: true });
      expect(usual.options?.varyTimes).toBe(false);
      expect(varied.options?.varyTimes).toBe(true);
      expect(varied.arrivalTimes?.score).toBeGreaterThan((usual.arrivalTimes?.score ?? 1) + 0.03);
      expect(varied.objective).toBeGreaterThanOrEqual(0.99 * usual.objective);
      expect(varied.bound).toBeGreaterThanOrEqual(varied.objective);
      const first = messages.find(({ type }) => type === "first");
      expect(first?.type === "first" ? first.plan.arrivalTimes : undefined).toBeNull();
      // The week before by itself: the same times again as in the one before it.
      expect(usual.arrivalTimes?.before.score).toBeLessThan(varied.arrivalTimes?.score ?? 0);
      expect(varied.arrivalTimes?.before).toEqual(usual.arrivalTimes?.before);
    });

    test("the independent checker finds none of it in protected time, and each was checked", async () => {
      const { plan } = await suggestThrough(sergeant, { varyTimes: true });
      const verdict = await db().transaction(ownerActor, (tx) => checkPlan(tx, london.name, plan));
      expect(verdict).toEqual({ ok: true, overlaps: [] });
      const agreed = await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {});
      expect(agreed.statusCode, agreed.body).toBe(200);
      const reply = agreed.json<{ plan?: PlanReply }>();
      const stored = reply.plan ?? agreed.json<PlanReply>();
      // Approved, it scores what it scored as a suggestion.
      expect(stored.arrivalTimes).toEqual(plan.arrivalTimes);
      await sergeant.send("POST", `/api/plans/${plan.id}/withdraw`, {});
    });

    test("the same request gives the same plan, and one from before it could be asked for what it gave", async () => {
      const one = await suggestThrough(sergeant, { varyTimes: true });
      const again = await suggestThrough(sergeant, { varyTimes: true });
      expect(stopsOf(again.plan)).toEqual(stopsOf(one.plan));
      const before = await suggestThrough(sergeant);
      const off = await suggestThrough(sergeant, { varyTimes: false });
      expect(stopsOf(off.plan)).toEqual(stopsOf(before.plan));
      expect(stopsOf(off.plan)).not.toEqual(stopsOf(one.plan));
    });
  },
  fillReports,
);
