import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { readDebriefs } from "#server/patrols/debrief.ts";
import { saveDebrief } from "#server/patrols/debrief-save.ts";
import { readPatrolMonth } from "#server/patrols/team-month.ts";
import { addWardens, testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { fillReports } from "#tests/support/plan-database.ts";

const code = "enfield-wardens";
const date = "2021-10-20";
const shift = { start: `${date}T14:00:00+01:00`, end: `${date}T22:00:00+01:00` };
const days = { from: date, days: 1 };
const actorOf = (role: "warden" | "sergeant"): Actor => ({
  person: `${role} of the test`,
  role,
  partner: role === "warden" ? code : null,
});

onEachEngine(
  "SAFEGUARDS 23: a shift that police and wardens walked",
  ({ db }) => {
    let services: Act;
    const as = (role: "warden" | "sergeant"): Act => ({ ...services, actor: actorOf(role) });
    beforeAll(async () => {
      const opened = await testServices(db());
      const asAt = { ...opened.asAt, now: () => at("2021-11-26T12:00"), date: () => "2021-11-26" };
      services = { ...opened, asAt, actor: actorOf("sergeant") };
      await addWardens(db(), code);
      await agreedShift(db(), date);
      await db().transaction(ownerActor, (tx) =>
        tx.query(`update patrol_window set patrol_partner = '${code}', unit = 102 where unit = 2`),
      );
    });

    test("each debriefs its own patrols of it, and reads nothing of the other's", async () => {
      const theirs = await saveDebrief(as("warden"), { ...shift, except: [] });
      expect(theirs.shifts.flatMap(({ windows }) => windows.map(({ unit }) => unit))).toEqual([2]);
      expect(theirs.totals).toMatchObject({ plannedStops: 3, doneStops: 3, waiting: 0 });
      const waiting = await readDebriefs(as("sergeant"), days);
      expect(waiting.shifts.flatMap(({ windows }) => windows.map(({ unit }) => unit))).toEqual([1]);
      expect(waiting.totals.waiting).toBe(1);
      const [window] = waiting.shifts[0]?.windows ?? [];
      const missed = { planId: window?.planId ?? "", windowId: window?.id ?? "", stops: [3] };
      const foreign = saveDebrief(as("warden"), { ...shift, except: [missed] });
      await expect(foreign).rejects.toMatchObject({ status: 422 });
      await saveDebrief(as("sergeant"), { ...shift, except: [missed] });
      const again = await readDebriefs(as("warden"), days);
      expect(again).toEqual(theirs);
      expect(again.dose).toHaveLength(3);
      expect(again.recorded).toBeNull();
    });

    test("the month tells hours and visits of each kind, and all of them together", async () => {
      const month = await db().transaction(ownerActor, (tx) =>
        readPatrolMonth(tx, services, { from: "2021-10-01", to: "2021-10-31" }),
      );
      expect(month.logged).toMatchObject({
        visits: 5,
        minutes: 75,
        byKind: [
          { kind: "police", visits: 2, minutes: 30 },
          { kind: "wardens", visits: 3, minutes: 45 },
        ],
      });
    });
  },
  fillReports,
);
