import { describe, expect, test } from "vitest";
import { disk, type H3Cell } from "#core/geo/cell.ts";
import { openCheck } from "#core/patrols/wire/plan.ts";
import { formatLocal, hourMs } from "#core/time/zone.ts";
import { operatorActor } from "#server/cli/command.ts";
import { DatabaseError, ownerActor, type Transaction } from "#server/db/database.ts";
import { agreePlan } from "#server/patrols/agree.ts";
import { checkNumber } from "#server/patrols/issue.ts";
import { insertPatrolOccupancy, setAgreed } from "#server/patrols/queries/patrol-windows.ts";
import {
  describerOf,
  describeStored,
  listPlans,
  storedPlan,
  storeSuggestion,
} from "#server/patrols/stored.ts";
import { dismissWindow, withdrawPlan } from "#server/patrols/withdraw.ts";
import { Problem } from "#server/problem.ts";
import { withoutCheck, withoutChecks } from "#tests/support/checks.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, london } from "#tests/support/outreach.ts";
import { fillManyReports, planFrom } from "#tests/support/plan-database.ts";
import { planDesk, planNow, routeOf, sergeant } from "#tests/support/plan-desk.ts";
import { brokenRules } from "#tests/support/plan-rules.ts";

onEachEngine(
  "plans in the database",
  ({ db }) => {
    const desk = planDesk(db);
    const read = <Value>(work: (tx: Transaction) => Promise<Value>) =>
      db().transaction(ownerActor, work);

    describe("a suggestion", () => {
      test("occupies nothing, and a new one replaces the same person's earlier one", async () => {
        const first = await desk.suggest();
        expect(first.windows.length).toBeGreaterThan(4);
        expect(first.status).toBe("suggested");
        expect(await desk.occupied(first)).toBe(0);
        const second = await desk.suggest();
        await expect(read((tx) => storedPlan(tx, first.id ?? ""))).rejects.toThrow(Problem);
        expect(second.windows.map(withoutCheck)).toEqual(first.windows.map(withoutCheck));
      });

      test("keeps every rule and is stored as it was made", async () => {
        const plan = await desk.suggest();
        const rows = await desk.windowsOf(plan);
        expect(brokenRules(rows, { zone: london, units: 2 })).toEqual([]);
        expect(rows.map((row) => row.label)).toEqual(plan.windows.map(({ id }) => id));
        const [listed] = await listPlans(desk.services(), { from: planFrom, days: 7 });
        expect(withoutChecks(listed)).toEqual(withoutChecks(plan));
      });
    });

    describe("agreeing", () => {
      test("occupies every cell of each route for the whole window", async () => {
        const plan = await desk.agree(await desk.suggest({ from: "2021-12-01" }));
        expect(plan.status).toBe("agreed");
        expect(plan.windows.every((window) => window.status === "agreed")).toBe(true);
        const cells = plan.windows.reduce((all, window) => all + window.route.length, 0);
        expect(await desk.occupied(plan)).toBe(cells);
        await desk.withdraw(plan);
      });

      test("can be in parts; what is not named stays suggested, and the sheets given out stand", async () => {
        const suggested = await desk.suggest({ from: "2021-12-01" });
        const plan = await desk.agree(suggested, ["w1"]);
        expect(plan.windows.filter((window) => window.status === "agreed")).toHaveLength(1);
        const number = await desk.print(plan);
        expect(number).toBe(plan.number);
        expect(await desk.occupied(plan)).toBe(plan.windows[0]?.route.length);
        const stands = async () => (await checkNumber(desk.services(), number)).stands;
        const more = await desk.agree(plan, ["w2"]);
        expect(more.number).toBe(number);
        expect(await stands()).toBe(true);
        await expect(desk.agree(more, ["w1"])).rejects.toThrow(/w1/);
        await expect(desk.agree(more, ["w99"])).rejects.toThrow(/w99/);
        // A window that was on the first sheet goes: no sheet of before stands.
        const fewer = await desk.withdraw(more, ["w1"]);
        expect(fewer.number).not.toBe(number);
        expect(await stands()).toBe(false);
        await desk.withdraw(more);
      });

      test("planning twice raises neither units nor dose", async () => {
        const first = await desk.agree(await desk.suggest({ from: "2021-12-02" }));
        const again = await desk.suggest({ from: "2021-12-02" });
        const both = (await desk.windowsOf(again)).filter(({ status }) => status !== "withdrawn");
        expect(brokenRules(both, { zone: london, units: 2 })).toEqual([]);
        const more = both.filter(({ status }) => status === "suggested");
        expect(more.length).toBe(both.length - first.windows.length);
        const reached = more.reduce((all, { expected }) => all + expected, 0);
        expect(reached).toBeLessThan(0.1 * first.objective);
        await desk.withdraw(first);
      });

      test("two plans for the same units cannot both be agreed", async () => {
        const one = await desk.suggest({ from: "2021-12-03" });
        const describer = await describerOf(desk.services());
        const other = await db().transaction(sergeant, async (tx) => {
          const { windows, plan } = await storedPlan(tx, one.id ?? "");
          const copy = { plan, windows, others: [] };
          const stored = await storeSuggestion(tx, copy, { at: planNow, by: "somebody else" });
          return describeStored(tx, stored, describer);
        });
        await desk.agree(one);
        await expect(desk.agree(other)).rejects.toMatchObject({
          status: 409,
          errors: expect.arrayContaining([expect.objectContaining({ field: "w1" })]),
        });
        expect(await desk.occupied(other)).toBe(0);
        await desk.withdraw(one);
      });

      test("a plan as at another day cannot be agreed outside the demonstration", async () => {
        const plan = await desk.suggest({ from: "2021-12-03" });
        const nextDay = {
          ...desk.services(),
          asAt: {
            ...desk.services().asAt,
            demo: false,
            date: () => "2021-11-27",
            now: () => planNow + 24 * hourMs,
          },
        };
        await expect(agreePlan(nextDay, plan.id ?? "")).rejects.toThrow(/as at 2021-11-26/);
        const sameDay = { ...desk.services(), asAt: { ...desk.services().asAt, demo: false } };
        await expect(agreePlan(sameDay, plan.id ?? "")).resolves.toHaveProperty("status", "agreed");
        await desk.withdraw(plan);
      });

      test("a demonstration whose clock went back at midnight has checks that count", async () => {
        const plan = await desk.agree(await desk.suggest({ from: "2021-12-07" }));
        const early = { ...desk.services().asAt, now: () => planNow - 9 * hourMs };
        const [told] = await listPlans(
          { ...desk.services(), asAt: early },
          {
            from: "2021-12-07",
            days: 1,
          },
        );
        const changedAt = Date.parse(told?.changedAt ?? "");
        const checks = told?.windows.map(({ checked }) => checked && openCheck(checked, changedAt));
        expect(checks).toEqual(plan.windows.map(() => expect.objectContaining({ ok: true })));
        await desk.withdraw(plan);
      });

      test("windows that have begun cannot be agreed any more", async () => {
        const plan = await desk.suggest({ from: "2021-12-03" });
        const later = {
          ...desk.services(),
          asAt: { ...desk.services().asAt, now: () => at("2021-12-03T20:00") },
        };
        await expect(agreePlan(later, plan.id ?? "")).rejects.toMatchObject({
          errors: expect.arrayContaining([{ field: "w1", reason: "has begun or is over" }]),
        });
      });
    });

    describe("protected time", () => {
      test("the constraint alone refuses a window inside protected time, without any rule of the code", async () => {
        await desk.closeDuring("2021-12-04T20:00", "2021-12-04T23:00");
        const plan = await desk.suggest({ from: "2021-12-04" });
        const [window] = await desk.windowsOf(plan);
        const cell = desk.partner().place.cells[0];
        if (!window || !cell) throw new Error("There is no window to force");
        const inside = {
          id: window.id,
          start: at("2021-12-04T21:00"),
          end: at("2021-12-04T22:00"),
          cells: [cell],
        };
        const force = (occupancy: typeof inside) =>
          db().transaction(sergeant, async (tx) => {
            await setAgreed(tx, [window.id], planNow);
            await tx.through("keeper", (keeper) => insertPatrolOccupancy(keeper, [occupancy]));
          });
        const refused = await force(inside).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(DatabaseError);
        expect(refused).toMatchObject({
          code: "23P01",
          constraint: "occupancy_no_patrol_in_protected",
        });
        expect((await desk.windowsOf(plan))[0]?.status).toBe("suggested");
        // Touching end points are allowed: closed from 19:30 to 23:30.
        await force({ ...inside, start: at("2021-12-04T18:30"), end: at("2021-12-04T19:30") });
        await desk.withdraw(plan);
      });

      test("the planner leaves out what is closed and agreeing finds the rest clear", async () => {
        await desk.closeDuring("2021-12-05T15:00", "2021-12-05T23:00");
        const plan = await desk.suggest({ from: "2021-12-05" });
        const closed = new Set<string>(desk.partner().place.cells);
        const during = plan.windows.filter(
          (window) =>
            Date.parse(window.start) < at("2021-12-05T23:30") &&
            Date.parse(window.end) > at("2021-12-05T14:30"),
        );
        expect(during.length).toBeGreaterThan(0);
        for (const window of during) {
          expect(window.route.filter((one) => closed.has(one))).toEqual([]);
        }
        await expect(desk.agree(plan)).resolves.toHaveProperty("status", "agreed");
        await desk.withdraw(plan);
      });

      test("a session that is saved after the suggestion makes its windows no longer available", async () => {
        const plan = await desk.suggest({ from: "2021-12-06" });
        const hit = desk.meeting(plan);
        await desk.closeDuring("2021-12-06T14:00", "2021-12-06T23:00");
        const refused = await desk.agree(plan).catch((error: unknown) => error);
        expect(refused).toMatchObject({
          status: 409,
          errors: expect.arrayContaining([{ field: hit.id, reason: "no longer available" }]),
        });
        const after = await desk.windowsOf(plan);
        expect(after.every((window) => window.status === "suggested")).toBe(true);
        expect(after.find((window) => window.label === hit.id)?.checkedOk).toBe(false);
        expect(await desk.occupied(plan)).toBe(0);
        const open = after.filter((window) => window.checkedOk).map((window) => window.label);
        await expect(desk.agree(plan, open)).resolves.toHaveProperty("status", "agreed");
        await desk.withdraw(plan);
      });

      test("a late session withdraws agreed windows in its way; the printed number stands no more, and the lost can be dismissed", async () => {
        const plan = await desk.agree(await desk.suggest({ from: "2021-12-07" }));
        const never = await checkNumber(desk.services(), plan.number ?? "");
        expect(never).toMatchObject({ stands: false });
        const number = await desk.print(plan);
        expect(await checkNumber(desk.services(), number.toLowerCase())).toMatchObject({
          stands: true,
        });
        await desk.closeDuring("2021-12-07T14:00", "2021-12-07T23:00");
        const after = await desk.windowsOf(plan);
        const lost = after.filter((window) => window.status === "unavailable");
        expect(lost.length).toBeGreaterThan(0);
        const closed = new Set<string>(desk.partner().place.cells);
        for (const window of after.filter((one) => one.status === "agreed")) {
          const meets = routeOf(window).some((one) => closed.has(one));
          const isOpen =
            window.end <= at("2021-12-07T13:30") || window.start >= at("2021-12-07T23:30");
          expect(meets && !isOpen).toBe(false);
        }
        expect(await checkNumber(desk.services(), number)).toMatchObject({
          stands: false,
        });
        const { id: planId } = plan;
        const dismiss = (label: string, dismissed: boolean) =>
          dismissWindow(desk.services(), { planId: planId ?? "", windowId: label }, dismissed);
        const dismissed = async () =>
          (await desk.windowsOf(plan)).filter((window) => window.dismissed).map(({ id }) => id);
        for (const { label } of lost) await dismiss(label, true);
        expect(await dismissed()).toEqual(lost.map(({ id }) => id));
        await dismiss(lost[0]?.label ?? "", false);
        expect(await dismissed()).toEqual(lost.slice(1).map(({ id }) => id));
        const standing = after.find(({ status }) => status === "agreed");
        for (const label of [standing?.label ?? "", "w4999"]) {
          await expect(dismiss(label, true)).rejects.toMatchObject({ status: 409 });
        }
        await desk.withdraw(plan);
      });

      test("late sessions take the number of a printed sheet once, however many they are", async () => {
        const plan = await desk.agree(await desk.suggest({ from: "2021-12-07", days: 3 }));
        const number = await desk.print(plan);
        const numberNow = async () => {
          const [row] = await db().transaction(ownerActor, (tx) =>
            tx.query<{ revision: number }>(
              `select revision::int as "revision" from patrol_plan where id = ${plan.id}`,
            ),
          );
          return `P${plan.id}-${row?.revision}`;
        };
        const next = `P${plan.id}-${Number(number.split("-")[1]) + 1}`;
        const meeting = plan.windows.filter(({ route }) =>
          route.some((cell) => desk.partner().place.cells.includes(cell as H3Cell)),
        );
        expect(meeting.length).toBeGreaterThan(1);
        const lost = async () =>
          (await desk.windowsOf(plan)).filter(({ status }) => status === "unavailable").length;
        const counts = [0];
        for (const { start, end } of meeting) {
          const wallClock = (instant: string) => formatLocal(london.toLocal(Date.parse(instant)));
          await desk.closeDuring(wallClock(start), wallClock(end));
          counts.push(await lost());
          expect(await numberNow()).toBe(next);
        }
        // Two of them at least took a patrol each.
        expect(new Set(counts).size).toBeGreaterThan(2);
        await desk.withdraw(plan);
      });

      test("a plan beyond 26 weeks is refused", async () => {
        const beyond = desk.suggest({ from: "2022-05-28", as: operatorActor("tester") });
        await expect(beyond).rejects.toThrow(/26 weeks/);
      });
    });

    test("withdrawing frees its cells, and what has begun stays on the record", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-09" }));
      const left = await desk.withdraw(plan, ["w1"]);
      expect(left.status).toBe("agreed");
      expect(left.windows.find((window) => window.id === "w1")?.status).toBe("withdrawn");
      const later = {
        ...desk.services(),
        asAt: { ...desk.services().asAt, now: () => at("2021-12-12T12:00") },
      };
      await expect(withdrawPlan(later, plan.id ?? "")).rejects.toThrow(/have not begun/);
      const gone = await desk.withdraw(plan);
      expect(gone.status).toBe("withdrawn");
      expect(await desk.occupied(plan)).toBe(0);
      await expect(desk.withdraw(plan)).rejects.toThrow(/have not begun/);
    });

    test("a disk of cells is never half agreed: one refused cell refuses the window", async () => {
      await desk.closeDuring("2021-12-11T15:00", "2021-12-11T16:00");
      const plan = await desk.suggest({ from: "2021-12-11", as: operatorActor("tester") });
      const [window] = await desk.windowsOf(plan);
      const edge = desk.partner().place.cells[0];
      if (!window || !edge) throw new Error("There is no window to force");
      const occupancy = {
        id: window.id,
        start: at("2021-12-11T15:00"),
        end: at("2021-12-11T16:00"),
        cells: disk(edge, 2),
      };
      await expect(
        db().transaction(sergeant, (tx) =>
          tx.through("keeper", (keeper) => insertPatrolOccupancy(keeper, [occupancy])),
        ),
      ).rejects.toMatchObject({ code: "23P01" });
      expect(await desk.occupied(plan)).toBe(0);
    });
  },
  fillManyReports,
);
