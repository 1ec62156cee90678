import { expect, test } from "vitest";
import { cellAt, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { legCells } from "#core/patrols/ground/leg.ts";
import type { NewWindowBody } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { compareText } from "#core/text/text-order.ts";
import { operatorActor } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { addWindow } from "#server/patrols/add.ts";
import { restoreWindows } from "#server/patrols/agree.ts";
import { splitWindow } from "#server/patrols/change.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, corner } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";

const instant = (local: string) => new Date(at(local)).toISOString();

onEachEngine(
  "how far the sergeant's board goes",
  ({ db }) => {
    const desk = planDesk(db);
    const start = (over: { from: string; origin?: "by_hand" | "last_week" }) =>
      newPlan(desk.services(), { days: 1, units: 2, origin: "by_hand", ...over });
    const split = (plan: PlanReply, label: string, afterStop: number) =>
      splitWindow(desk.services(), { planId: plan.id ?? "", windowId: label }, afterStop);
    const added = async (plan: PlanReply, body: NewWindowBody) => {
      const planId = plan.id ?? "";
      const reply = await addWindow(desk.services(), planId, body);
      if (!reply.ok) throw new Error(reply.reason);
    };

    test("further ahead than police know protected time, nothing is split, put back or copied", async () => {
      const plan = await desk.suggest({ from: "2021-12-10", as: operatorActor("tester") });
      const beyond = plan.windows.filter(({ end }) => Date.parse(end) > at("2021-12-11T00:00"));
      const [last] = beyond;
      if (!last) throw new Error("No window of the last night goes on after midnight");
      const reply = await split(plan, last.id, 1);
      expect(reply).toMatchObject({ ok: false, nearest: null, otherUnit: null });
      expect(reply.ok || reply.reason).toMatch(
        /^Patrols can be changed up to the end of Fri 10 Dec/,
      );
      await desk.withdraw(plan, [last.id]);
      const planId = plan.id ?? "";
      await expect(restoreWindows(desk.services(), planId, [last.id])).rejects.toMatchObject({
        status: 409,
        errors: [{ field: last.id, reason: "too far ahead" }],
      });
      await desk.withdraw(plan);
      // A week before, over the same midnight.
      const source = await start({ from: "2021-12-03" });
      const stops = last.stops.slice(0, 1).map(({ cell }) => cell);
      const times = [
        ["22:15", "2021-12-03T23:30"],
        ["23:45", "2021-12-04T00:45"],
      ] as const;
      for (const [index, [from, end]] of times.entries()) {
        const unit = index + 1;
        await added(source, {
          start: instant(`2021-12-03T${from}`),
          end: instant(end),
          unit,
          stops: index === 0 ? stops : last.stops.slice(1, 2).map(({ cell }) => cell),
        });
      }
      const agreed = await desk.agree(source);
      const copied = await start({ from: "2021-12-10", origin: "last_week" });
      expect(copied.windows.map((one) => one.start.slice(11, 16))).toEqual(["22:15"]);
      expect(copied.refused.map(({ reason }) => reason)).toEqual([
        "That is beyond the days that can be planned.",
      ]);
      await desk.withdraw(agreed);
    });

    test("what a window is worth says nothing of what is closed after what police are shown", async () => {
      const plan = await start({ from: "2021-12-10" });
      const stops = desk.partner().place.cells.slice(0, 1);
      const evening = (from: string, end: string) => ({
        start: instant(`2021-12-10T${from}`),
        end: instant(`2021-12-10T${end}`),
      });
      await added(plan, { ...evening("22:40", "23:40"), unit: 1, stops });
      const worthLater = async () => {
        await desk.change(plan, "w1", evening("22:45", "23:45"));
        const reply = await desk.change(plan, "w1", evening("22:50", "23:50"));
        if (!reply.ok) throw new Error(reply.reason);
        return reply.window.expected;
      };
      const before = await worthLater();
      expect(before).toBeGreaterThan(0);
      await desk.closeDuring("2021-12-11T00:30", "2021-12-11T03:00");
      expect(await worthLater()).toBe(before);
    });

    test("agreed, a window holds the way between its stops too, and after a change nothing else", async () => {
      const day = "2021-12-07";
      const ward = parentCell(cellAt(corner, 10), 9);
      const inWard = disk(cellAt(corner, 10), 3).filter((cell) => parentCell(cell, 9) === ward);
      const ways = inWard.flatMap((one) => inWard.map((other) => legCells(one, other)));
      const way = ways.find(
        (cells) => cells.length === 3 && cells.every((one) => inWard.includes(one)),
      );
      if (!way) throw new Error("No two cells of the ward have a third between them");
      const [from, , to] = way as [H3Cell, H3Cell, H3Cell];
      const plan = await start({ from: day });
      await added(plan, {
        start: instant(`${day}T18:00`),
        end: instant(`${day}T19:00`),
        unit: 1,
        stops: [from, to],
      });
      await desk.agree(plan);
      const held = () =>
        db().transaction(ownerActor, (tx) =>
          tx.query<{ cell: string; from: string; to: string }>(
            `select to_hex(cell) as "cell",
             to_char(lower(during) at time zone 'Europe/London', 'HH24:MI') as "from",
             to_char(upper(during) at time zone 'Europe/London', 'HH24:MI') as "to"
           from occupancy
           join patrol_window on patrol_window.id = occupancy.window_id
           where patrol_window.plan_id = $1::bigint
           order by cell`,
            [plan.id],
          ),
        );
      const cells = [...way].sort(compareText);
      expect(await held()).toEqual(cells.map((cell) => ({ cell, from: "18:00", to: "19:00" })));
      const moved = await desk.change(plan, "w1", {
        start: instant(`${day}T18:20`),
        end: instant(`${day}T19:25`),
      });
      expect(moved.ok, JSON.stringify(moved)).toBe(true);
      expect(await held()).toEqual(cells.map((cell) => ({ cell, from: "18:20", to: "19:25" })));
      await desk.withdraw(plan);
    });
  },
  fillManyReports,
);
