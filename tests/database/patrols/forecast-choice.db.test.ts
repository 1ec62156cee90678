import { expect, test } from "vitest";
import { forecastLine } from "#core/patrols/forecast/choice.ts";
import type { Actor, Role } from "#core/role.ts";
import { DatabaseError, ownerActor } from "#server/db/database.ts";
import { drawControl } from "#server/patrols/control-days.ts";
import {
  chooseForecast,
  forecastRecord,
  type RecordWork,
  readChosen,
  recordInThread,
} from "#server/patrols/forecast-choice.ts";
import { newPlan } from "#server/patrols/new-plan.ts";
import { storedPlan } from "#server/patrols/stored.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillManyReports, planFrom } from "#tests/support/plan-database.ts";
import { planDesk, sergeant } from "#tests/support/plan-desk.ts";

const actor = (role: Role): Actor => ({ person: `some ${role}`, role, partner: null });

onEachEngine(
  "the choice of the forecast",
  ({ db }) => {
    const desk = planDesk(db);
    const actOf = (role: Role) => ({ ...desk.services(), actor: actor(role) });
    const inUse = async () =>
      (await db().transaction(ownerActor, readChosen))?.choice ?? "forecast";
    const choose = (
      choice: "forecast" | "count-3" | "count-12" | "blend-36-4",
      role: Role = "analyst",
    ) => inUse().then((instead) => chooseForecast(actOf(role), { choice, instead }));
    const chosen = { choice: "count-12", chosenOn: "2021-11-26" };
    const stored = (id: string | null) =>
      db().transaction(ownerActor, (tx) => storedPlan(tx, id ?? ""));

    test("is an analyst's: a sergeant reads it and cannot change it, others read nothing", async () => {
      expect(await db().transaction(sergeant, readChosen)).toBeNull();
      for (const role of ["sergeant", "presenter", "partner", "coordinator"] as const) {
        await expect(choose("count-12", role)).rejects.toThrow(DatabaseError);
      }
      expect(await choose("count-12")).toEqual({ chosen: { ...chosen, chosenBy: "some analyst" } });
      expect(await db().transaction(sergeant, readChosen)).toMatchObject(chosen);
      for (const role of ["presenter", "partner", "coordinator", "liaison"] as const) {
        await expect(db().transaction(actor(role), readChosen), role).rejects.toThrow(
          DatabaseError,
        );
      }
      // Of all settings they reach this one alone.
      const keys = await db().transaction(actor("analyst"), (tx) =>
        tx.query<{ key: string }>('select key as "key" from setting'),
      );
      expect(keys).toEqual([{ key: "forecast-choice" }]);
    });

    test("of two who choose at once one is told that the other was first", async () => {
      const instead = await inUse();
      const ends = await Promise.allSettled(
        (["count-3", "blend-36-4"] as const).map((choice) =>
          chooseForecast(actOf("analyst"), { choice, instead }),
        ),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(String(ends.find((end) => end.status === "rejected")?.reason)).toContain(
        "Somebody else chose first",
      );
      expect(["count-3", "blend-36-4"]).toContain(await inUse());
    });

    test("two who choose the same at once have both chosen it", async () => {
      const instead = await inUse();
      const ends = await Promise.all(
        [1, 2].map(() => chooseForecast(actOf("analyst"), { choice: "count-12", instead })),
      );
      expect(ends.map(({ chosen }) => chosen?.choice)).toEqual(["count-12", "count-12"]);
      expect(await inUse()).toBe("count-12");
    });

    test("a plan is made from it, says so, and keeps its line and its worth when the choice changes", async () => {
      await choose("forecast");
      const average = await desk.suggest();
      await choose("count-12");
      const plan = await desk.suggest();
      expect(average.chosen?.choice).toBe("forecast");
      expect(plan.chosen).toEqual(chosen);
      expect(plan.forecast?.method.name).toBe("count of the last 12 months");
      const places = ({ windows }: typeof plan) => windows.map(({ route }) => route.join());
      expect(places(plan)).not.toEqual(places(average));

      const agreed = await desk.agree(plan);
      await choose("blend-36-4");
      const after = await stored(agreed.id);
      expect(after.plan.chosen).toEqual(chosen);
      expect(forecastLine(after.plan.chosen ?? "forecast")).toBe(
        "Expected reports: count of the last 12 months, chosen by the analyst on 26 November 2021.",
      );
      expect(after.windows.map(({ expected }) => expected)).toEqual(
        plan.windows.map(({ expected }) => expected),
      );
      // A patrol that is moved and moved back is judged by its own plan's forecast.
      const later = (at: string) => new Date(Date.parse(at) + 300_000).toISOString();
      let tried = 0;
      // Where the next one begins at once there is no room for five minutes more.
      for (const { id, start, end, expected } of agreed.windows) {
        const moved = await desk.change(agreed, id, { start: later(start), end: later(end) });
        if (!moved.ok) continue;
        const back = await desk.change(agreed, id, { start, end });
        expect(back.ok && back.window.expected).toBeCloseTo(expected, 5);
        tried += 1;
      }
      expect(tried).toBeGreaterThan(0);

      // What is suggested by another forecast is no part of the approved plan.
      const beside = await desk.suggest({ units: 3 });
      expect(beside.id).not.toBe(agreed.id);
      expect(beside.chosen?.choice).toBe("blend-36-4");
      await desk.withdraw(agreed);
    });

    test("how each did is worked out once for all who ask at once, and again where that failed", async () => {
      let runs = 0;
      const workOut = (work: RecordWork) => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error("out of memory")) : recordInThread(work);
      };
      const ask = () => forecastRecord(actOf("analyst"), workOut);
      await expect(ask()).rejects.toThrow("out of memory");
      const records = await Promise.all(Array.from({ length: 5 }, ask));
      expect(new Set(records).size).toBe(1);
      expect(runs).toBe(2);
      await expect(forecastRecord(actOf("presenter"), workOut)).rejects.toThrow(DatabaseError);
    });

    test("comparison days are drawn by the average, whatever is chosen", async () => {
      const placesOfWeek = async (week: string) => {
        await drawControl(actOf("sergeant"), { week, daysPerPlace: 1 });
        const rows = await db().transaction(ownerActor, (tx) =>
          tx.query<{ zone: string }>(
            `select distinct to_hex(zone) as "zone" from control_day where week = $1::date order by 1`,
            [week],
          ),
        );
        return rows.map(({ zone }) => zone);
      };
      await choose("forecast");
      const usual = await placesOfWeek("2022-01-10");
      await choose("count-3");
      expect(await placesOfWeek("2022-01-17")).toEqual(usual);
      expect(usual.length).toBeGreaterThan(1);
    });

    test("what this version has no name for is the average", async () => {
      await choose("count-12");
      await db().transaction(ownerActor, (tx) =>
        tx.query(`update setting set value = value || '{"choice": "count-1"}' where key = $1`, [
          "forecast-choice",
        ]),
      );
      expect(await db().transaction(sergeant, readChosen)).toBeNull();
      expect((await desk.suggest()).chosen ?? null).toBeNull();
    });

    test("plans by hand keep it too, and older ones are of the average", async () => {
      await choose("count-12");
      const ask = { from: "2021-12-06", days: 1, units: 1, origin: "by_hand" } as const;
      const plan = await newPlan(desk.services(), ask);
      expect(plan).toMatchObject({ chosen, forecast: null, origin: "by_hand" });
      await db().transaction(ownerActor, (tx) =>
        tx.query("update patrol_plan set forecast = null where id = $1::bigint", [plan.id]),
      );
      expect((await stored(plan.id)).plan).toMatchObject({ chosen: null, forecast: null });
      const made = await desk.suggest({ from: planFrom });
      await db().transaction(ownerActor, (tx) =>
        tx.query("update patrol_plan set forecast = forecast - 'chosen' where id = $1::bigint", [
          made.id,
        ]),
      );
      const { plan: older } = await stored(made.id);
      expect(older).toMatchObject({ chosen: null, forecast: { method: made.forecast?.method } });
    });
  },
  fillManyReports,
);
