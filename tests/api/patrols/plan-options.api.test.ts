import { beforeAll, expect, test } from "vitest";
import type { WindowChangeReply } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { at, single } from "#tests/support/outreach.ts";
import {
  addSession,
  fillReports,
  giveCalendar,
  planFrom,
  suggestThrough,
} from "#tests/support/plan-database.ts";

onOneEngine(
  "what a suggestion is asked for",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    let partner: Awaited<ReturnType<typeof giveCalendar>>;
    beforeAll(async () => {
      partner = await giveCalendar(db(), app.services.asAt.now());
    });

    const bare = ({ start, end, unit, stops }: WindowReply) => ({ start, end, unit, stops });
    const lock = async (plan: PlanReply, window: WindowReply) => {
      const url = `/api/plans/${plan.id}/windows/${window.id}`;
      const reply = await sergeant.send("PATCH", url, { locked: true });
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json<WindowChangeReply>();
    };

    test("a locked window is kept as it is by the next suggestion, which plans around it", async () => {
      const { plan } = await suggestThrough(sergeant, { days: 1 });
      const window = plan.windows.find(({ start }) => Date.parse(start) > at(`${planFrom}T18:00`));
      if (!window) throw new Error("The plan has no window in the evening");
      const locked = await lock(plan, window);
      expect(locked.ok && locked.window.locked).toBe(true);
      const { plan: next } = await suggestThrough(sergeant, { days: 1, seed: 2 });
      expect(next.id).not.toBe(plan.id);
      const kept = next.windows.filter((one) => one.locked);
      expect(kept.map(bare)).toEqual([bare(window)]);
      // It takes its unit: nobody else is in two places.
      for (const other of next.windows.filter((one) => !one.locked && one.unit === window.unit)) {
        const apart =
          Date.parse(other.start) >= Date.parse(window.end) + 10 * minuteMs ||
          Date.parse(other.end) + 10 * minuteMs <= Date.parse(window.start);
        expect(apart, `${other.start} ${window.start}`).toBe(true);
      }
      const reached = next.windows.reduce((all, one) => all + one.expected, 0);
      expect(next.objective).toBeLessThanOrEqual(reached + 1e-6);
      const { plan: fresh } = await suggestThrough(sergeant, { days: 1, keepLocked: false });
      expect(fresh.windows.filter((one) => one.locked)).toEqual([]);
    });

    test("a locked window that a session came over is let go, with what police may know of it", async () => {
      const { plan } = await suggestThrough(sergeant, { days: 1 });
      const cells = new Set<string>(partner.place.cells);
      const window = plan.windows.find(({ route }) => route.some((cell) => cells.has(cell)));
      if (!window) throw new Error("No window of the plan meets the place");
      await lock(plan, window);
      const rule = single(planFrom, "14:30", "23:30");
      await addSession(db(), app.services.asAt.now(), {
        partnerId: partner.partnerId,
        placeId: partner.place.id,
        rule,
      });
      const { plan: next } = await suggestThrough(sergeant, { days: 1 });
      expect(next.windows.filter((one) => one.locked)).toEqual([]);
      const reasons = next.refused.map(({ reason }) => reason);
      expect(reasons).toContain("a locked patrol could not be kept: Not available at that time.");
    });

    test("staffed dates go by who is on duty, how they move and what else they do", async () => {
      const from = "2021-12-02";
      const put = await sergeant.send("PUT", `/api/staffing?from=${from}&days=1`, {
        duties: [
          { date: from, unit: 3, hours: "14:00-22:00", mode: "cycle" },
          { date: from, unit: 7, hours: "18:00-02:00", mode: "foot" },
        ],
        tasks: [{ date: from, unit: 3, hours: "14:00-19:00", kind: "court" }],
        interviews: [],
        coreHours: "20:00-02:00",
      });
      expect(put.statusCode, put.body).toBe(200);
      const { plan } = await suggestThrough(sergeant, {
        from,
        days: 1,
        units: 5,
        dwellMinutes: 10,
      });
      expect(plan.options).toEqual({
        dwellMinutes: 10,
        useStaffing: true,
        keepLocked: true,
        watch: true,
        varyTimes: false,
        staffedDates: [from],
      });
      expect(plan.windows.length).toBeGreaterThan(1);
      for (const { unit, mode, start, end, stops } of plan.windows) {
        expect(mode).toBe(unit === 3 ? "cycle" : "foot");
        // The way back from court is a quarter of an hour.
        expect(Date.parse(start)).toBeGreaterThanOrEqual(
          unit === 3 ? at(`${from}T19:15`) : at(`${from}T18:00`),
        );
        expect(Date.parse(end)).toBeLessThanOrEqual(
          unit === 3 ? at(`${from}T22:00`) : at("2021-12-03T02:00"),
        );
        for (const { arrive, depart } of stops) {
          expect(Date.parse(depart) - Date.parse(arrive)).toBe(10 * minuteMs);
        }
      }
      expect(new Set(plan.windows.map(({ unit }) => unit))).toEqual(new Set([3, 7]));
      const cleared = { duties: [], tasks: [], interviews: [], coreHours: "20:00-02:00" };
      const first = plan.windows.find(({ unit }) => unit === 3);
      const off = {
        ...cleared,
        duties: [{ date: from, unit: 7, hours: "18:00-02:00", mode: "foot" }],
      };
      await sergeant.send("PUT", `/api/staffing?from=${from}&days=1`, off);
      const agree = await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {
        windowIds: [first?.id],
      });
      expect(agree.statusCode).toBe(409);
      expect(agree.body).toContain("Unit 3 is not on duty then.");
      const { plan: by } = await suggestThrough(sergeant, {
        from,
        days: 1,
        units: 1,
        useStaffing: false,
      });
      expect(new Set(by.windows.map(({ unit }) => unit))).toEqual(new Set([1]));
      await sergeant.send("PUT", `/api/staffing?from=${from}&days=1`, cleared);
    });

    test("what was logged counts towards the caps, and a day without a unit says so", async () => {
      const from = "2021-12-03";
      const { plan } = await suggestThrough(sergeant, { from, days: 1, units: 1 });
      const cells = [
        ...new Set(plan.windows.flatMap(({ stops }) => stops.map(({ cell }) => cell))),
      ];
      const cell = cells[0];
      const visits = [0, 1, 2, 3].map((turn) => {
        const start = at(`${from}T00:10`) + turn * 10 * minuteMs;
        return { cell, start, end: start + 5 * minuteMs, units: 1 } as Parameters<
          typeof insertVisits
        >[1][number];
      });
      await db().transaction(ownerActor, (tx) => insertVisits(tx, visits, "test"));
      const { plan: after } = await suggestThrough(sergeant, { from, days: 1, units: 1 });
      const still = after.windows
        .flatMap(({ stops }) => stops)
        .filter((stop) => stop.cell === cell && Date.parse(stop.arrive) < at("2021-12-04T00:00"));
      expect(still).toEqual([]);
      await sergeant.send("PUT", `/api/staffing?from=${from}&days=1`, {
        duties: [{ date: from, unit: 1, hours: "06:00-08:00", mode: "foot" }],
        tasks: [],
        interviews: [],
        coreHours: "20:00-02:00",
      });
      const { plan: none } = await suggestThrough(sergeant, { from, days: 1 });
      expect(none.windows).toEqual([]);
      expect(none.refused.map(({ reason }) => reason)).toEqual([
        "no unit is on duty for long enough",
        "no unit is on duty for long enough",
      ]);
    });

    test.each([
      [{ units: 0 }, "units"],
      [{ shifts: ["22:00-22:00"] }, "starts and ends at the same time"],
      [{ dwellMinutes: 5 }, "dwellMinutes"],
    ])("%j is refused in words", async (body, words) => {
      const reply = await sergeant.send("POST", "/api/plans/suggest", {
        from: planFrom,
        days: 1,
        ...body,
      });
      expect([400, 422]).toContain(reply.statusCode);
      expect(reply.body).toContain(words);
    });
  },
  fillReports,
);
