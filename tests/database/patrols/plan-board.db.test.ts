import { expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import type { NewWindowBody } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { addWindow } from "#server/patrols/add.ts";
import { agreePlan, restoreWindows } from "#server/patrols/agree.ts";
import { briefing } from "#server/patrols/briefing.ts";
import { changeWindow, splitWindow } from "#server/patrols/change.ts";
import { planChanges } from "#server/patrols/history.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { setLocked } from "#server/patrols/queries/patrol-windows.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import { planWorth } from "#server/patrols/worth.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk, sergeant } from "#tests/support/plan-desk.ts";

const instant = (local: string) => new Date(at(local)).toISOString();
const unspeakable = /outreach|keep.?clear|protected|partner|session/i;

onEachEngine(
  "the sergeant's board",
  ({ db }) => {
    const desk = planDesk(db);
    const start = (over: { from: string; units?: number; days?: number }) =>
      newPlan(desk.services(), { days: 1, units: 2, origin: "by_hand", ...over });
    const add = (plan: PlanReply, body: NewWindowBody) =>
      addWindow(desk.services(), plan.id ?? "", body);
    const split = (plan: PlanReply, label: string, afterStop: number) =>
      splitWindow(desk.services(), { planId: plan.id ?? "", windowId: label }, afterStop);
    const added = async (plan: PlanReply, body: NewWindowBody) => {
      const reply = await add(plan, body);
      if (!reply.ok) throw new Error(reply.reason);
      return reply;
    };
    const acts = async (plan: PlanReply) =>
      (await planChanges(desk.services(), plan.id ?? "")).changes.map(({ act }) => act);

    test("a new suggestion takes the place of what is only suggested in a plan agreed in part; a locked one goes on in it", async () => {
      const first = await desk.agree(await desk.suggest({ from: "2021-12-02" }), ["w1"]);
      const [locked] = (await desk.windowsOf(first)).filter(({ status }) => status === "suggested");
      if (!locked) throw new Error("One window alone was suggested");
      await db().transaction(sergeant, (tx) => setLocked(tx, locked.id, true));
      const again = await desk.suggest({ from: "2021-12-02" });
      const now = await desk.windowsOf(first);
      const earlier = new Set(first.windows.map(({ id }) => id));
      const standing = (status: string) => now.filter((window) => window.status === status);
      expect(standing("agreed").map(({ label }) => label)).toEqual(["w1"]);
      expect(standing("suggested").filter(({ label }) => earlier.has(label))).toEqual([]);
      const kept = again.windows.filter((window) => window.locked && window.status === "suggested");
      expect(kept.map(({ start }) => Date.parse(start))).toEqual([locked.start]);
      await desk.withdraw(first);
    });

    test("what is suggested for the gaps of an approved plan is part of it: one number, one sheet a shift", async () => {
      const whole = await desk.suggest({ from: "2021-12-02", units: 1 });
      const labels = whole.windows.map(({ id }) => id).slice(0, 2);
      const first = await desk.agree(whole, labels);
      const number = await desk.print(first);
      const more = await desk.suggest({ from: "2021-12-02", units: 2 });
      expect(more).toMatchObject({ id: first.id, number, status: "agreed", units: 2 });
      // How good the plan was as it was first suggested stays said.
      expect([more.objective, more.bound]).toEqual([whole.objective, whole.bound]);
      const all = await desk.agree(more);
      expect(all.number).toBe(number);
      const stands = all.windows.filter(({ status }) => status === "agreed");
      expect(stands.length).toBeGreaterThan(labels.length);
      const { sheets } = await briefing(desk.services(), first.id ?? "");
      const printed = sheets.flatMap(({ windows }) => windows.map(({ id }) => id));
      expect(printed.toSorted()).toEqual(stands.map(({ id }) => id).toSorted());
      expect(new Set(sheets.map(({ start }) => start)).size).toBe(sheets.length);
      // A week put together by hand has no rules to share: it stays a plan of its own.
      const hand = await start({ from: "2021-12-02" });
      expect(hand).toMatchObject({ origin: "by_hand", windows: [] });
      expect(hand.id).not.toBe(first.id);
      // A colleague's suggestion is a plan of its own, for them to approve or to leave.
      const other = await desk.suggest({ from: "2021-12-02", by: "a colleague" });
      expect(other.id).not.toBe(first.id);
      await desk.withdraw(first);
    });

    test("a plan by hand begins empty; a window added to it takes the best walk of the hour", async () => {
      const plan = await start({ from: "2021-11-29" });
      expect(plan).toMatchObject({ origin: "by_hand", windows: [], status: "suggested" });
      const reply = await added(plan, {
        start: instant("2021-11-29T18:00"),
        end: instant("2021-11-29T19:30"),
        unit: 1,
      });
      expect(reply.window).toMatchObject({ id: "w1", unit: 1, status: "suggested" });
      expect(reply.window.stops.length).toBeGreaterThan(1);
      expect(reply.window.expected).toBeGreaterThan(0);
      const elsewhere = await added(plan, {
        start: instant("2021-11-29T18:00"),
        end: instant("2021-11-29T19:30"),
        unit: 2,
      });
      expect(elsewhere.window.id).toBe("w2");
      expect(elsewhere.window.zone).not.toBe(reply.window.zone);
      // The planner's own best for that hour is worth no less than what was found here by hand.
      expect(elsewhere.window.expected).toBeLessThanOrEqual(reply.window.expected);
      expect(await acts(plan)).toEqual(["add", "add"]);
    });

    test("an added window is refused as a changed one is: unit, length, shift, and protected time", async () => {
      const plan = await start({ from: "2021-11-30" });
      const day = "2021-11-30";
      await added(plan, { start: instant(`${day}T18:00`), end: instant(`${day}T19:30`), unit: 1 });
      const busy = await add(plan, {
        start: instant(`${day}T19:00`),
        end: instant(`${day}T20:30`),
        unit: 1,
      });
      expect(busy).toMatchObject({ ok: false, otherUnit: 2 });
      expect(busy.ok || busy.reason).toMatch(/^Unit 1 is already on patrol or travelling\./);
      for (const [from, to, words] of [
        ["15:00", "15:30", "A patrol lasts 60 to 120 minutes; this one lasts 30."],
        ["09:00", "10:00", "That is outside the shifts of this plan."],
        ["16:00", "15:00", "The end must be after the start."],
      ] as const) {
        const reply = await add(plan, {
          start: instant(`${day}T${from}`),
          end: instant(`${day}T${to}`),
          unit: 2,
        });
        expect(reply.ok || reply.reason).toContain(words);
      }
      const { place } = desk.partner();
      const stop = place.cells[0] as H3Cell;
      await desk.closeDuring(`${day}T20:30`, `${day}T21:00`);
      const closed = await add(plan, {
        start: instant(`${day}T20:30`),
        end: instant(`${day}T21:30`),
        unit: 2,
        stops: [stop],
      });
      expect(closed.ok || closed.reason).toMatch(
        /^Not available at that time\. Nearest time that fits/,
      );
      expect(closed.ok || closed.reason).not.toMatch(unspeakable);
      expect((await desk.windowsOf(plan)).length).toBe(1);
    });

    test("logged visits count towards a limit for a hand as for the planner, and the page is told of them", async () => {
      const day = "2021-12-03";
      const plan = await start({ from: day });
      const { window } = await added(plan, {
        start: instant(`${day}T18:00`),
        end: instant(`${day}T19:30`),
        unit: 1,
      });
      const [stop] = window.stops;
      const cell = stop?.cell as H3Cell;
      const change = (start: string) =>
        changeWindow(
          desk.services(),
          { planId: plan.id ?? "", windowId: window.id },
          { start: instant(`${day}T${start}`) },
        );
      expect((await change("17:00")).ok).toBe(true);
      const stays = ["05:00", "07:30", "10:00", "12:30"].map((time) => {
        const from = at(`${day}T${time}`);
        return { cell, start: from, end: from + 15 * minuteMs, units: 1 };
      });
      await db().transaction(ownerActor, (tx) => insertVisits(tx, stays, "sergeant of the test"));
      const reply = await change("18:00");
      expect(reply.ok || reply.reason).toContain("has its 4 visits for that day already.");
      await expect(agreePlan(desk.services(), plan.id ?? "")).rejects.toThrow(
        "Nothing was approved",
      );
      const worth = await planWorth(desk.services(), plan.id ?? "");
      expect(worth.logged.map(({ arrive }) => arrive)).toEqual(stays.map(({ start }) => start));
      expect(worth.staffing).toBeNull();
    });

    test("further ahead than police know protected time, adding has the one answer", async () => {
      const plan = await start({ from: "2021-12-10" });
      const reply = await add(plan, {
        start: instant("2021-12-11T00:30"),
        end: instant("2021-12-11T01:30"),
        unit: 1,
      });
      expect(reply).toMatchObject({ ok: false, nearest: null, otherUnit: null });
      expect(reply.ok || reply.reason).toMatch(
        /^Patrols can be changed up to the end of Fri 10 Dec/,
      );
    });

    test("a window is split after a stop: the rest goes to the unit that is free, or to a later time", async () => {
      const day = "2021-12-01";
      const plan = await start({ from: day, units: 2 });
      const { window } = await added(plan, {
        start: instant(`${day}T18:00`),
        end: instant(`${day}T20:00`),
        unit: 1,
      });
      const cells = window.stops.map(({ cell }) => cell);
      const reply = await split(plan, window.id, 2);
      if (!reply.ok) throw new Error(reply.reason);
      const [first, second] = reply.plan.windows;
      expect(first?.stops.map(({ cell }) => cell)).toEqual(cells.slice(0, 2));
      expect(second?.stops.map(({ cell }) => cell)).toEqual(cells.slice(2));
      expect(second?.unit).toBe(2);
      expect(Date.parse(first?.end ?? "") - Date.parse(first?.start ?? "")).toBeGreaterThanOrEqual(
        60 * minuteMs,
      );
      expect(await acts(plan)).toEqual(["split", "add"]);
      await expect(split(plan, window.id, 2)).rejects.toMatchObject({ status: 422 });

      const alone = await start({ from: "2021-12-02", units: 1 });
      const whole = await added(alone, {
        start: instant("2021-12-02T18:00"),
        end: instant("2021-12-02T20:00"),
        unit: 1,
      });
      const later = await split(alone, whole.window.id, 1);
      if (!later.ok) throw new Error(later.reason);
      const [kept, rest] = later.plan.windows;
      expect(rest?.unit).toBe(1);
      const gap = Date.parse(rest?.start ?? "") - Date.parse(kept?.end ?? "");
      const before = Date.parse(kept?.start ?? "") - Date.parse(rest?.end ?? "");
      expect(Math.max(gap, before)).toBeGreaterThanOrEqual(10 * minuteMs);
    });

    test("of an agreed window the first part stays agreed, and the sheet that was printed stands no longer", async () => {
      const day = "2021-12-03";
      const plan = await start({ from: day });
      const { window } = await added(plan, {
        start: instant(`${day}T18:00`),
        end: instant(`${day}T20:00`),
        unit: 1,
      });
      const agreed = await desk.agree(plan);
      const reply = await split(plan, window.id, 1);
      if (!reply.ok) throw new Error(reply.reason);
      expect(reply.plan.windows.map(({ status }) => status).toSorted()).toEqual([
        "agreed",
        "suggested",
      ]);
      expect(reply.plan.number).not.toBe(agreed.number);
      const first = reply.plan.windows.find(({ status }) => status === "agreed");
      expect(await desk.occupied(plan)).toBe(first?.route.length);
    });

    test("what was removed can be put back, checked again, and not where a session came meanwhile", async () => {
      const day = "2021-12-04";
      const plan = await desk.suggest({ from: day });
      const meets = desk.meeting(plan);
      const other = plan.windows.find(({ id }) => id !== meets.id);
      await desk.withdraw(plan);
      const restore = (labels: string[]) => restoreWindows(desk.services(), plan.id ?? "", labels);
      const back = await restore([other?.id ?? ""]);
      expect(back.status).toBe("suggested");
      expect(back.windows.find(({ id }) => id === other?.id)?.status).toBe("suggested");
      await expect(restore([other?.id ?? ""])).rejects.toMatchObject({ status: 409 });
      const from = new Date(Date.parse(meets.start)).toISOString().slice(0, 16);
      await desk.closeDuring(from, from.replace(/T.*/, "T23:30"));
      await expect(restore([meets.id])).rejects.toMatchObject({
        status: 409,
        errors: [{ field: meets.id, reason: "no longer available" }],
      });
      expect(await acts(plan)).toEqual(["restore", "remove"]);
    });

    test("last week's agreed windows are copied to the same wall clock; what does not fit is named", async () => {
      const source = await start({ from: "2021-11-28", units: 2 });
      const times = ["14:00", "16:00", "18:00"];
      for (const time of times) {
        await added(source, {
          start: instant(`2021-11-28T${time}`),
          end: new Date(at(`2021-11-28T${time}`) + 75 * minuteMs).toISOString(),
          unit: 1,
        });
      }
      const agreed = await desk.agree(source);
      const last = agreed.windows.at(-1);
      const copy = await start({ from: "2021-12-05", units: 1 });
      expect(copy.windows).toEqual([]);
      const copied = await newPlan(desk.services(), {
        from: "2021-12-05",
        days: 1,
        units: 1,
        origin: "last_week",
      });
      expect(copied.origin).toBe("last_week");
      expect(copied.windows.map(({ start: each }) => each.slice(11, 16))).toEqual(times);
      expect(copied.windows.at(-1)?.stops.map(({ cell }) => cell)).toEqual(
        last?.stops.map(({ cell }) => cell),
      );
      const cells = new Set<string>(desk.partner().place.cells);
      const meeting = copied.windows.filter(({ route }) => route.some((cell) => cells.has(cell)));
      await desk.closeDuring("2021-12-05T13:00", "2021-12-05T21:30");
      const again = await newPlan(desk.services(), {
        from: "2021-12-05",
        days: 1,
        units: 1,
        origin: "last_week",
      });
      expect(meeting.length).toBeGreaterThan(0);
      expect(again.windows.length).toBe(times.length - meeting.length);
      expect(again.refused.map(({ reason }) => reason)).toEqual(
        meeting.map(() => "Not available at that time."),
      );
      expect(JSON.stringify(again)).not.toMatch(unspeakable);
    });

    test("what stops are worth is told for the cells of the plan alone", async () => {
      const plan = await start({ from: "2021-12-06" });
      const { window } = await added(plan, {
        start: instant("2021-12-06T18:00"),
        end: instant("2021-12-06T19:30"),
        unit: 1,
      });
      const worth = await planWorth(desk.services(), plan.id ?? "");
      expect(new Set(worth.cells)).toEqual(new Set(window.stops.map(({ cell }) => cell)));
      expect(worth.rates.length).toBe(168 * worth.cells.length);
      expect(worth.total).toBeGreaterThan(0);
    });
  },
  fillManyReports,
);
