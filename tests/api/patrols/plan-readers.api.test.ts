import { beforeAll, expect, test } from "vitest";
import { plansReply } from "#core/patrols/wire/board.ts";
import { addDays } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { single } from "#tests/support/outreach.ts";
import {
  addSession,
  fillManyReports,
  giveCalendar,
  planFrom,
  suggestThrough,
} from "#tests/support/plan-database.ts";

onOneEngine(
  "plans read by others than sergeants",
  ({ db }) => {
    const test_ = appWith(db);
    const sergeant = test_.caller("sergeant");

    beforeAll(async () => {
      const now = test_.services.asAt.now();
      const partner = await giveCalendar(db(), now);
      // One plan that is agreed and then loses windows, and what is suggested for its gaps.
      const { plan } = await suggestThrough(sergeant, { from: planFrom, days: 1 });
      await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {});
      await addSession(db(), now, {
        partnerId: partner.partnerId,
        placeId: partner.place.id,
        rule: single(planFrom, "14:00", "22:30"),
      });
      await suggestThrough(sergeant, { from: planFrom, days: 1 });
    });

    const read = async (caller: TestCaller, from = planFrom) =>
      plansReply.parse((await caller.get(`/api/plans?from=${from}`)).json()).plans;

    /** Everything of the patrols a month earlier, so that they are over. */
    const aMonthEarlier = () =>
      db().transaction(ownerActor, async (tx) => {
        await tx.query(
          `update patrol_window
         set starts_at = starts_at - interval '28 days', ends_at = ends_at - interval '28 days',
             shift_starts_at = shift_starts_at - interval '28 days',
             shift_ends_at = shift_ends_at - interval '28 days'`,
        );
        await tx.query("update patrol_plan set starts_on = starts_on - 28");
      });
    const past = addDays(planFrom, -28);

    test("analysts and auditors see agreed windows once they are over, and none before: nothing they saw can vanish", async () => {
      const all = await read(sergeant);
      expect(all).toHaveLength(1);
      const statuses = new Set(all.flatMap(({ windows }) => windows.map(({ status }) => status)));
      expect(statuses).toEqual(new Set(["agreed", "suggested", "unavailable"]));
      for (const role of ["analyst", "auditor"] as const) {
        expect(await read(await test_.as(role))).toEqual([]);
      }
      await aMonthEarlier();
      const over = await read(sergeant, past);
      expect(over[0]?.arrivalTimes?.before).toBeDefined();
      for (const role of ["analyst", "auditor"] as const) {
        const seen = await read(await test_.as(role), past);
        expect(seen).toHaveLength(1);
        for (const plan of seen) {
          const whole = over.find(({ id }) => id === plan.id);
          expect(plan.windows.length).toBeGreaterThan(0);
          expect(plan.windows).toEqual(whole?.windows.filter(({ status }) => status === "agreed"));
          expect(plan).toMatchObject({ refused: [], calendarsAsAt: null, arrivalTimes: null });
          expect(plan.totals.windows).toBe(plan.windows.length);
          expect(plan.totals.stops).toBe(plan.windows.flatMap(({ stops }) => stops).length);
          expect(plan.totals.share).toBeCloseTo(
            plan.windows.reduce((sum, { share }) => sum + share, 0),
            9,
          );
        }
      }
    });
  },
  fillManyReports,
);
