import { expect, test } from "vitest";
import type { Role } from "#core/role.ts";
import { DatabaseError, ownerActor } from "#server/db/database.ts";
import {
  type RecordWork,
  readForecastRecord,
  recordInThread,
} from "#server/patrols/forecast-record.ts";
import { storedPlan } from "#server/patrols/stored.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";

onEachEngine(
  "how the forecast did",
  ({ db }) => {
    const desk = planDesk(db);
    const actOf = (role: Role) => ({
      ...desk.services(),
      actor: { person: `some ${role}`, role, partner: null },
    });

    test("is worked out once for all who ask at once, and again where that failed", async () => {
      let runs = 0;
      const workOut = (work: RecordWork) => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error("out of memory")) : recordInThread(work);
      };
      const ask = () => readForecastRecord(actOf("analyst"), workOut);
      await expect(ask()).rejects.toThrow("out of memory");
      const records = await Promise.all(Array.from({ length: 5 }, ask));
      expect(new Set(records).size).toBe(1);
      expect(runs).toBe(2);
      await expect(readForecastRecord(actOf("presenter"), workOut)).rejects.toThrow(DatabaseError);
    });

    test("a plan from when analysts chose its forecast is read without that, and joined by no other", async () => {
      const agreed = await desk.agree(await desk.suggest());
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `update patrol_plan set forecast = forecast || '{"chosen": {"choice": "blend-12-3", "chosenOn": "2021-11-20"}}'
           where id = $1::bigint`,
          [agreed.id],
        ),
      );
      const { plan } = await db().transaction(ownerActor, (tx) => storedPlan(tx, agreed.id ?? ""));
      expect(plan.forecast).not.toHaveProperty("chosen");
      expect(plan.forecast?.method).toEqual(agreed.forecast?.method);
      const beside = await desk.suggest({ units: 3 });
      expect(beside.id).not.toBe(agreed.id);
    });
  },
  fillManyReports,
);
