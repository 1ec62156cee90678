import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { readDebriefs } from "#server/patrols/debrief.ts";
import { saveDebrief } from "#server/patrols/debrief-save.ts";
import { logStay, readTonight } from "#server/patrols/tonight.ts";
import { fillPlaces } from "#server/places/load.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

const date = "2021-10-20";
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const shift = { start: `${date}T14:00:00+01:00`, end: `${date}T22:00:00+01:00` };

onEachEngine(
  "a Leave that was forgotten",
  ({ db }) => {
    let act: Act;
    let planId: string;
    let now = 0;
    const clock = (time: string) => {
      now = at(`${date}T${time}`);
    };
    const query = <Row>(sql: string) => db().transaction(ownerActor, (tx) => tx.query<Row>(sql));
    const sergeant: Actor = { person: "sergeant", role: "sergeant", partner: null };
    beforeAll(async () => {
      const opened = await testServices(db());
      const asAt = { ...opened.asAt, now: () => now, date: () => date, demo: false };
      act = { ...opened, asAt, actor: sergeant };
      planId = (await agreedShift(db(), date)).planId;
    });
    beforeEach(async () => {
      await query("delete from patrol_debrief");
      await query("delete from patrol_stay");
    });
    /** At the first stop, planned from 14:00 to 14:15, from 14:02. */
    const tap = (arrivedAgo: number, leftAgo: number | null, isAnswer = false) =>
      logStay(act, key(1), {
        planId,
        windowId: "w1",
        order: 1,
        isAnswer,
        arrivedAgo: arrivedAgo * 60,
        leftAgo: leftAgo === null ? null : leftAgo * 60,
      });
    const left = async () =>
      (
        await query<{ left: string | null }>(
          "select to_char(left_at at time zone 'Europe/London', 'HH24:MI') as left from patrol_stay",
        )
      ).map((row) => row.left);
    const debrief = (over: object = {}) => saveDebrief(act, { ...shift, except: [], ...over });
    const visits = () =>
      query<object>(
        `select to_char(starts_at at time zone 'Europe/London', 'HH24:MI') as from,
          to_char(ends_at at time zone 'Europe/London', 'HH24:MI') as to
          from patrol_visit where cell = (select cell from patrol_stop join patrol_window on id = window_id
            where label = 'w1' and ordinal = 0)`,
      );
    const firstStop = async () =>
      (await readDebriefs(act, { from: date, days: 1 })).shifts[0]?.windows[0]?.stops[0];

    test("logs no minutes by itself: twice the planned time is believed, a minute more is asked about", async () => {
      clock("14:02");
      await tap(0, null);
      clock("14:32");
      await tap(30, 0);
      expect(await left()).toEqual(["14:32"]);
      clock("14:33");
      await tap(31, 0);
      expect(await left()).toEqual([null]);
      clock("17:20");
      const reply = await tap(198, 0);
      expect(await left()).toEqual([null]);
      expect(reply.windows[0]?.stops[0]).toMatchObject({ visits: 1, stays: [{ leftAt: null }] });
      // The officer answers; what the phone said before that and arrives later changes nothing.
      clock("17:21");
      await tap(199, 187, true);
      await tap(31, 0);
      expect(await left()).toEqual(["14:14"]);
      expect(await firstStop()).toMatchObject({ stays: [{ minutes: 12 }], toSetRight: [] });
    });

    test("that nobody answered is no dose: the debrief says what is to be set right, and whoever knows sets it", async () => {
      clock("14:02");
      await tap(0, null);
      clock("17:20");
      await tap(198, 0);
      clock("22:30");
      const saved = await debrief();
      const at1402 = { key: key(1), arrivedAt: `${date}T14:02:00+01:00` };
      expect(await firstStop()).toMatchObject({ stays: [], toSetRight: [at1402], outcome: "done" });
      // The other five as planned, 15 minutes each.
      expect(saved.totals.doneMinutes).toBe(75);
      expect(await visits()).toEqual([]);
      // A visit it was, for the limits of that place.
      expect((await readTonight(act)).windows[0]?.stops[0]).toMatchObject({ visits: 1 });
      const wrong = [
        { key: key(1), leftAt: "13:59" },
        { key: key(2), leftAt: "14:20" },
      ];
      const refused = debrief({ leaves: wrong });
      await expect(refused).rejects.toMatchObject({
        status: 422,
        errors: [{ field: "leaves[0]" }, { field: "leaves[1]" }],
      });
      expect(await left()).toEqual([null]);
      clock("22:40");
      const again = await debrief({ leaves: [{ key: key(1), leftAt: "14:19" }] });
      expect(again.totals.doneMinutes).toBe(92);
      expect(await visits()).toEqual([{ from: "14:02", to: "14:19" }]);
      expect(await firstStop()).toMatchObject({
        stays: [{ minutes: 17, isLate: false }],
        toSetRight: [],
      });
    });

    test("is kept by the database neither without an answer nor in a debrief without an end, whoever writes it", async () => {
      clock("14:02");
      await tap(0, null);
      const as = (set: string) =>
        db().transaction(sergeant, (tx) => tx.query(`update patrol_stay set ${set}`));
      await refusedBy(
        "patrol_stay_left_at_sure",
        as("left_at = arrived_at + interval '30 minutes 1 second'"),
      );
      await as("left_at = arrived_at + interval '30 minutes'");
      await as("left_at = arrived_at + interval '3 hours', is_answer = true");
      await refusedBy("patrol_stay_left_at_sure", as("is_answer = false"));
      clock("22:30");
      await debrief();
      await refusedBy("patrol_stay_debrief_id_left", as("left_at = null"));
    });
  },
  fillPlaces,
);
