import { expect, test } from "vitest";
import { cellToDecimal } from "#core/geo/cell.ts";
import { wardenWaitsWords } from "#core/patrols/plan/waiting.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import { sql } from "#server/db/sql.ts";
import {
  changeOperation,
  createOperation,
  findOperation,
  type OperationWrite,
} from "#server/displacement/operations/store.ts";
import { updateWindow, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { waitingFaults } from "#server/patrols/waiting.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillManyReports, planAsAt } from "#tests/support/plan-database.ts";
import { planDesk, sergeant } from "#tests/support/plan-desk.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };
const coordinator: Actor = { person: "of wardens", role: "warden", partner: "wardens" };
const day = "2021-12-02";

onEachEngine(
  "new patrols of an operation that has risen at a boundary",
  ({ db }) => {
    const desk = planDesk(db);
    const run = (by: Actor, statement: ReturnType<typeof sql>) =>
      db().transaction(by, (tx) => tx.run(statement));
    const cellsOf = ({ stops }: PlanReply["windows"][number]) => stops.map(({ cell }) => cell);
    /** Its first patrol with a stop of its own, and that stop. */
    const alone = ({ windows }: PlanReply) => {
      for (const one of windows) {
        const far = new Set(windows.filter((other) => other !== one).flatMap(cellsOf));
        const cell = cellsOf(one).find((own) => !far.has(own));
        if (cell !== undefined) return { label: one.id, cell };
      }
      throw new Error("Every stop is another patrol's too");
    };
    /** Over one patrol of the plan. */
    const risen = async (
      plan: PlanReply,
      {
        name,
        choices = ["pause"],
        startsOn = "2021-09-01",
        endsOn = null,
        at = ["Westley"],
      }: {
        name: string;
        choices?: string[] | null;
        startsOn?: string;
        endsOn?: string | null;
        at?: string[];
      },
    ) => {
      const cells = [alone(plan).cell];
      const plain = { name, cells: cells as never, control: null, phases: [] };
      const id = await db().transaction(analyst, (tx) =>
        createOperation(tx, { ...plain, startsOn, endsOn }),
      );
      if (choices) {
        await run(
          analyst,
          sql`insert into stop_rule (operation_id, choices, acts, within_days, reason, asked_on)
            values (${id}, ${choices}::text[], 'sergeant', 14, 'It was late.', ${planAsAt})`,
        );
        await run(
          sergeant,
          sql`update stop_rule set confirmed_on = ${planAsAt}, confirmed_by = 'x' where operation_id = ${id}`,
        );
      }
      for (const neighbour of at) {
        await run(
          sergeant,
          sql`insert into operation_rise (operation_id, neighbour, shown_on) values (${id}, ${neighbour}, ${planAsAt})`,
        );
      }
      return id;
    };
    const answer = (id: number, neighbour = "Westley") =>
      run(
        sergeant,
        sql`insert into stop_answer (rule_id, operation_id, neighbour, as_agreed, answered_on)
          select max(id), ${id}, ${neighbour}, true, ${planAsAt}::date from stop_rule where operation_id = ${id}`,
      );
    const confirm = (id: number) =>
      run(
        analyst,
        sql`update stop_answer set confirmed_on = ${planAsAt}, confirmed_by = 'x'
          where operation_id = ${id} and confirmed_on is null`,
      );
    /** So that nothing of this test holds the next one. */
    const forgetRise = (id: number) =>
      db().transaction(sergeant, (tx) =>
        tx.through("copier", (door) =>
          door.run(sql`delete from operation_rise where operation_id = ${id}`),
        ),
      );
    /** By one person, as the page does it. */
    const change = async (
      id: number,
      read: number,
      to: Partial<Pick<OperationWrite, "startsOn" | "endsOn" | "cells">>,
    ) => {
      const given = { by: "cells", name: null } as const;
      const found = await db().transaction(analyst, (tx) =>
        findOperation(tx, sql`operation_id = ${id}`),
      );
      if (!found) throw new Error("No such operation");
      const written = {
        ...found,
        ...to,
        treatedArea: given,
        now: Date.now(),
        person: "an analyst",
      };
      await db().transaction(analyst, (tx) =>
        changeOperation(tx, { ...written, read, act: to.endsOn ? "ended" : "changed" }),
      );
    };
    const labelOf = (plan: PlanReply) => alone(plan).label;
    const others = (plan: PlanReply) =>
      plan.windows.map(({ id }) => id).filter((label) => label !== labelOf(plan));
    /** Past every check in code. */
    const approveBySql = async (plan: PlanReply) => {
      const found = (await desk.windowsOf(plan)).find(({ label }) => label === labelOf(plan));
      await run(
        sergeant,
        sql`update patrol_window set status = 'agreed', checked_ok = true where id = ${found?.id ?? ""}`,
      );
    };
    const held = { code: "23514", constraint: "patrol_window_rise_answered" };

    test("SAFEGUARDS 11: they wait until two people have answered, the others are approved, and what is approved stays", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Waits" });
      const words =
        "Reports have risen at Westley. New patrols of Waits wait, by its stop rule, until one person records what was done and another confirms it: Displacement, Stop rule.";
      await expect(desk.agree(plan)).rejects.toMatchObject({
        status: 409,
        detail: `${words} Leave these patrols out to approve the others.`,
        errors: [{ field: labelOf(plan), reason: words }],
      });
      const approved = await desk.agree(plan, others(plan));
      expect(approved.windows.filter(({ status }) => status === "agreed")).toHaveLength(
        others(plan).length,
      );
      await answer(id);
      await expect(desk.agree(plan, [labelOf(plan)])).rejects.toMatchObject({ detail: words });
      await confirm(id);
      await desk.agree(plan, [labelOf(plan)]);
      // A rise at another boundary pulls nobody.
      await run(
        sergeant,
        sql`insert into operation_rise (operation_id, neighbour, shown_on) values (${id}, 'Barnet', ${planAsAt})`,
      );
      const stands = (await desk.windowsOf(plan)).filter(({ status }) => status === "agreed");
      expect(stands).toHaveLength(plan.windows.length);
      await forgetRise(id);
      await desk.withdraw(plan);
    });

    test("SAFEGUARDS 11: the database refuses to approve one that waits, and one that is moved into the area, whatever the code says", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Refused" });
      await expect(approveBySql(plan)).rejects.toMatchObject(held);
      await desk.agree(plan, others(plan));
      const rows = await desk.windowsOf(plan);
      const own = rows.find(({ label }) => label === labelOf(plan));
      const other = rows.find(({ label }) => label === others(plan)[0]);
      const moved = run(
        sergeant,
        sql`insert into patrol_stop (window_id, ordinal, cell, arrives_at, departs_at)
          select ${other?.id ?? ""}::bigint, ordinal + 90, cell, arrives_at, departs_at
          from patrol_stop where window_id = ${own?.id ?? ""}`,
      );
      await expect(moved).rejects.toMatchObject(held);
      const stops = (own?.stops ?? []).map(({ cell }) => cell);
      const asked = await desk.change(plan, others(plan)[0] ?? "", { stops });
      expect(asked.ok).toBe(false);
      await answer(id);
      await expect(approveBySql(plan)).rejects.toMatchObject(held);
      await forgetRise(id);
      await desk.withdraw(plan);
    });

    test("SAFEGUARDS 11: an approved patrol comes into the area, or into the days of the operation, no other way", async () => {
      const plan = await desk.suggest({ from: day });
      await desk.agree(plan, others(plan));
      const first = await risen(plan, { name: "Ways round" });
      const rows = await desk.windowsOf(plan);
      const [own, other] = [labelOf(plan), others(plan)[0]].map((label) =>
        rows.find((row) => row.label === label),
      );
      const { cell } = alone(plan);
      const swapped = run(
        sergeant,
        sql`update patrol_stop set cell = ${cellToDecimal(cell)} where window_id = ${other?.id ?? ""} and ordinal = 0`,
      );
      await expect(swapped).rejects.toMatchObject(held);
      await forgetRise(first);
      const id = await risen(plan, { name: "Later", startsOn: "2021-12-03" });
      await desk.agree(plan, [labelOf(plan)]);
      const later = run(
        sergeant,
        sql`update patrol_window set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day',
            shift_starts_at = shift_starts_at + interval '1 day', shift_ends_at = shift_ends_at + interval '1 day'
          where id = ${own?.id ?? ""}`,
      );
      await expect(later).rejects.toMatchObject(held);
      // Out of the area and later at once is no new patrol of the operation.
      await change(id, 1, { startsOn: "2021-09-01" });
      const far = other?.stops.map(({ cell: free }) => free) ?? [];
      await db().transaction(sergeant, (tx) =>
        updateWindow(tx, {
          ...(own as WindowRow),
          start: (own?.start ?? 0) + minuteMs,
          stops: (own?.stops ?? [])
            .slice(0, 1)
            .map((stop) => ({ ...stop, cell: far[0] ?? stop.cell })),
          legs: null,
        }),
      );
      await forgetRise(id);
      await desk.withdraw(plan);
    });

    test("SAFEGUARDS 11: no one person frees them: neither by ending or changing the operation, nor by starting it again", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Ended" });
      await desk.agree(plan, others(plan));
      const far = plan.windows.filter(({ id: label }) => label !== labelOf(plan));
      const elsewhere = far.flatMap(cellsOf).slice(0, 1);
      const changes = [
        { endsOn: planAsAt },
        { startsOn: "2021-12-20", endsOn: null },
        { startsOn: "2021-09-01", cells: elsewhere as never },
        { endsOn: planAsAt },
      ];
      for (const [at, to] of changes.entries()) {
        await change(id, at + 1, to);
        await expect(desk.agree(plan, [labelOf(plan)])).rejects.toThrow(
          "Reports have risen at Westley. New patrols of Ended wait",
        );
        await expect(approveBySql(plan)).rejects.toMatchObject(held);
      }
      await answer(id);
      await confirm(id);
      await desk.agree(plan, [labelOf(plan)]);
      await desk.withdraw(plan);
    });

    test("wait for nothing that was first seen after the operation had ended", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Long over", at: [] });
      await change(id, 1, { endsOn: planAsAt });
      await run(
        sergeant,
        sql`insert into operation_rise (operation_id, neighbour, shown_on) values (${id}, 'Westley', ${planAsAt})`,
      );
      await desk.agree(plan);
      await forgetRise(id);
      await desk.withdraw(plan);
    });

    test("SAFEGUARDS 11: each boundary is answered by two, in one sentence for one operation", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Twice", at: ["Westley", "Barnet"] });
      await answer(id);
      await confirm(id);
      await expect(desk.agree(plan)).rejects.toThrow(
        "Reports have risen at Barnet. New patrols of Twice wait",
      );
      await forgetRise(id);
      const again = await risen(plan, { name: "Both", at: ["Westley", "Barnet"] });
      await expect(desk.agree(plan)).rejects.toThrow(
        "Reports have risen at Barnet and Westley. New patrols of Both wait, by its stop rule, until one person records what was done at each boundary and another confirms it",
      );
      const services = { ...desk.services(), actor: coordinator };
      const windows = await desk.windowsOf(plan);
      const faults = await db().transaction(sergeant, (tx) => waitingFaults(services, tx, windows));
      expect(faults).toEqual([{ field: labelOf(plan), reason: wardenWaitsWords }]);
      await forgetRise(again);
      await desk.withdraw(plan);
    });

    test.each([
      { name: "Over", endsOn: "2021-11-20" },
      { name: "Ends before", endsOn: "2021-12-01" },
      { name: "Without a rule", choices: null },
      { name: "Without pause", choices: ["neighbour"] },
    ])("wait for nothing: $name", async (given) => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, given);
      await desk.agree(plan);
      await forgetRise(id);
      await desk.withdraw(plan);
    });

    test("wait for nothing that one person had answered before two were asked", async () => {
      const plan = await desk.suggest({ from: day });
      const id = await risen(plan, { name: "Before" });
      await answer(id);
      await expect(desk.agree(plan)).rejects.toThrow("Reports have risen");
      // As a restore brings rows of before.
      await db().transaction(sergeant, (tx) =>
        tx.through("copier", (door) =>
          door.run(sql`update stop_answer set by_two = false where operation_id = ${id}`),
        ),
      );
      await desk.agree(plan);
      await forgetRise(id);
    });
  },
  fillManyReports,
);
