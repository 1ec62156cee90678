import { beforeAll, beforeEach, expect, test } from "vitest";
import type { StayBody, TonightReply } from "#core/patrols/wire/tonight.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { ownerActor } from "#server/db/database.ts";
import { readDebriefs } from "#server/patrols/debrief.ts";
import { saveDebrief } from "#server/patrols/debrief-save.ts";
import { besideDays } from "#server/patrols/stored.ts";
import { logStay, readTonight, removeStay } from "#server/patrols/tonight.ts";
import { fillPlaces } from "#server/places/load.ts";
import { addWardens, testServices } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { agreedShift } from "#tests/support/past-shift.ts";

const code = "enfield-wardens";
const date = "2021-10-20";
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

onEachEngine(
  "tonight's patrols as they are walked",
  ({ db }) => {
    let services: Act;
    let planId: string;
    let now = 0;
    const clock = (time: string) => {
      now = at(`${date}T${time}`);
    };
    const actorOf = (role: "warden" | "sergeant"): Actor => ({
      person: `${role} of the test`,
      role,
      partner: role === "warden" ? code : null,
    });
    const as = (role: "warden" | "sergeant" = "sergeant"): Act => ({
      ...services,
      actor: actorOf(role),
    });
    const query = <Row>(sql: string) => db().transaction(ownerActor, (tx) => tx.query<Row>(sql));
    const body = (order: number, arrivedAgo: number, leftAgo: number | null, windowId = "w1") =>
      ({ planId, windowId, order, arrivedAgo, leftAgo, isAnswer: false }) satisfies StayBody;
    const rows = () =>
      query<object>(
        `select key, to_char(arrived_at at time zone 'Europe/London', 'HH24:MI:SS') as arrived,
            to_char(left_at at time zone 'Europe/London', 'HH24:MI:SS') as left
          from patrol_stay where not is_removed order by arrived_at`,
      );
    const stopOf = ({ windows }: TonightReply, order: number, id = "w1") =>
      windows.find((window) => window.id === id)?.stops[order - 1];

    beforeAll(async () => {
      const opened = await testServices(db());
      const asAt = { ...opened.asAt, now: () => now, date: () => date, demo: false };
      services = { ...opened, asAt, actor: actorOf("sergeant") };
      await addWardens(db(), code);
      planId = (await agreedShift(db(), date)).planId;
    });
    beforeEach(() => query("delete from patrol_stay"));

    test("Arrived and Leave are minutes at a stop, by the server's clock and the seconds that the phone counted", async () => {
      clock("14:02");
      await logStay(as(), key(1), body(1, 0, null));
      clock("14:20");
      const reply = await logStay(as(), key(1), body(1, 18 * 60, 5 * 60));
      expect(stopOf(reply, 1)?.stays).toMatchObject([
        {
          key: key(1),
          unit: 1,
          arrivedAt: `${date}T14:02:00+01:00`,
          leftAt: `${date}T14:15:00+01:00`,
        },
      ]);
      expect(stopOf(reply, 1)).toMatchObject({ visits: 1, isFull: false });
      expect(stopOf(reply, 2)).toMatchObject({ visits: 0, isFull: false, stays: [] });
    });

    test("sent again, late or in another order a stay is the same row, and Leave can be taken back", async () => {
      clock("14:02");
      await logStay(as(), key(1), body(1, 0, null));
      clock("14:15");
      const left = body(1, 13 * 60, 0);
      await logStay(as(), key(1), left);
      const once = [{ key: key(1), arrived: "14:02:00", left: "14:15:00" }];
      expect(await rows()).toEqual(once);
      clock("14:16");
      await logStay(as(), key(1), left);
      await logStay(as(), key(1), body(1, 0, null));
      expect(await rows()).toEqual(once);
      await logStay(as(), key(1), body(1, 14 * 60, null));
      expect(await rows()).toEqual([{ key: key(1), arrived: "14:02:00", left: null }]);
      await removeStay(as(), key(1));
      await removeStay(as(), key(1));
      await logStay(as(), key(1), body(1, 14 * 60, 0));
      expect(await rows()).toEqual([]);
      // The other way round: the end overtakes the beginning.
      await logStay(as(), key(2), left);
      await logStay(as(), key(2), body(1, 0, null));
      expect(await rows()).toEqual([{ key: key(2), arrived: "14:03:00", left: "14:16:00" }]);
    });

    test("is refused in words for another stop, an unknown one, and another time than its shift's", async () => {
      clock("14:02");
      await logStay(as(), key(1), body(1, 0, null));
      const refused = (stay: StayBody, id = key(9)) =>
        logStay(as(), id, stay).catch((error) => error);
      expect(await refused(body(2, 0, null), key(1))).toMatchObject({ status: 409 });
      expect(await refused(body(4, 0, null))).toMatchObject({ status: 422 });
      expect(await refused(body(1, 60, 61))).toMatchObject({ status: 422 });
      expect(await refused(body(1, 0, null, "w9"))).toMatchObject({ status: 404 });
      clock("12:59");
      expect(await refused(body(1, 0, null))).toMatchObject({
        detail: expect.stringContaining("from an hour before the shift"),
      });
      now = at(`${date}T22:00`) + 4 * 60 * minuteMs + 60_000;
      expect(await refused(body(1, 0, null))).toMatchObject({ status: 422 });
      expect(await rows()).toHaveLength(1);
      await logStay(as(), key(3), body(3, 120, 0));
      expect(await rows()).toHaveLength(2);
    });

    test("of a patrol that was called off meanwhile it is kept, of one that is not approved refused", async () => {
      clock("14:30");
      await query(
        "update patrol_window set status = 'called_off', ends_at = '2021-10-20 14:20+01', closed_at = '2021-10-20 14:20+01' where label = 'w1'",
      );
      const reply = await logStay(as(), key(1), body(3, 60, 0));
      expect(reply.windows[0]).toMatchObject({ id: "w1", status: "called_off", seenAt: null });
      expect(stopOf(reply, 3)?.stays).toHaveLength(1);
      await query("delete from patrol_stay");
      await query(
        "update patrol_window set status = 'suggested', ends_at = '2021-10-20 15:30+01', closed_at = null where label = 'w1'",
      );
      const refused = logStay(as(), key(1), body(3, 60, 0));
      await expect(refused).rejects.toMatchObject({ detail: "This patrol is not approved." });
      const byHand = db().transaction(actorOf("sergeant"), (tx) =>
        tx.query(
          `insert into patrol_stay (key, window_id, cell, unit, arrived_at, said_after, logged_at, logged_by)
            select '${key(5)}', window_id, cell, 1, '2021-10-20 14:30+01', 0, now(), 'x'
            from patrol_stop where ordinal = 0`,
        ),
      );
      await expect(byHand).rejects.toMatchObject({ code: "42501" });
      await query("update patrol_window set status = 'agreed' where label = 'w1'");
    });

    test("a coordinator taps for its own units alone, and reads no number of visits", async () => {
      await query(`update patrol_window set patrol_partner = '${code}', unit = 102 where unit = 2`);
      clock("16:05");
      await expect(logStay(as(), key(1), body(1, 0, null, "w2"))).rejects.toMatchObject({
        status: 404,
      });
      await expect(logStay(as("warden"), key(1), body(1, 0, null))).rejects.toMatchObject({
        status: 404,
      });
      await logStay(as("warden"), key(1), body(1, 0, null, "w2"));
      await expect(logStay(as(), key(1), body(1, 0, null))).rejects.toMatchObject({ status: 409 });
      await removeStay(as(), key(1));
      const own = await readTonight(as("warden"));
      expect(own.windows.map(({ id }) => id)).toEqual(["w2"]);
      expect(stopOf(own, 1, "w2")).toMatchObject({
        visits: null,
        isFull: false,
        why: "Busy place at this time.",
        stays: [{ key: key(1) }],
      });
      const all = await readTonight(as());
      expect(all.windows.map(({ id }) => id)).toEqual(["w1", "w2"]);
      expect(stopOf(all, 1, "w2")).toMatchObject({ visits: 1, stays: [{ key: key(1) }] });
      await query("update patrol_window set patrol_partner = null, unit = unit % 100");
    });

    test("at its fourth visit of the day a place is full, except to who is there; two at once are one visit", async () => {
      clock("20:00");
      const stay = (n: number, from: number, to: number, windowId = "w1") =>
        logStay(as(), key(n), body(1, from * 60, to * 60, windowId));
      await stay(1, 300, 290);
      await stay(2, 240, 230);
      await stay(3, 235, 225);
      await stay(4, 180, 170);
      await stay(5, 120, 110);
      const own = stopOf(await readTonight(as()), 1);
      expect(own).toMatchObject({ visits: 4, isFull: false });
      // Another unit is to come to the same place.
      await query(
        `update patrol_stop set cell = (select cell from patrol_stop join patrol_window on id = window_id
            where label = 'w1' and ordinal = 0)
          where ordinal = 0 and window_id = (select id from patrol_window where label = 'w2')`,
      );
      expect(stopOf(await readTonight(as()), 1, "w2")).toMatchObject({ visits: 4, isFull: true });
      await stay(6, 5, 0, "w2");
      expect(stopOf(await readTonight(as()), 1, "w1")).toMatchObject({ visits: 5, isFull: false });
    });

    test("SAFEGUARDS 10: taps count towards the limits of planner and hand, each visit once, debriefed or not", async () => {
      await query("update patrol_window set status = 'agreed'");
      clock("20:00");
      const counted = () =>
        db().transaction(actorOf("sergeant"), async (tx) => {
          const { visits, logged } = await besideDays(tx, services.zone, { from: date, days: 1 });
          return visits.length + logged.length;
        });
      expect(await counted()).toBe(6);
      // Two hours after it was planned, and once more an hour later.
      await logStay(as(), key(1), body(2, 200 * 60, 190 * 60));
      expect(await counted()).toBe(6);
      await logStay(as(), key(2), body(2, 120 * 60, 110 * 60));
      expect(await counted()).toBe(7);
      clock("22:30");
      const shift = { start: `${date}T14:00:00+01:00`, end: `${date}T22:00:00+01:00` };
      const { shifts } = await saveDebrief(as(), { ...shift, except: [] });
      expect(shifts[0]?.windows[0]?.stops[1]?.stays).toHaveLength(2);
      expect(await counted()).toBe(7);
      await query("delete from patrol_debrief");
    });

    test("a debrief takes its minutes from the taps, each once, and what is sent later is not in it until it is saved again", async () => {
      clock("17:40");
      const tapped = async (n: number, order: number, from: number, to: number, id = "w1") =>
        logStay(as(), key(n), body(order, from * 60, to * 60, id));
      // Unit 1 at its first stop with two phones: 14:02 to 14:15; never at its second; at its third without Leave.
      await tapped(1, 1, 218, 208);
      await tapped(2, 1, 215, 205);
      await logStay(as(), key(3), body(3, 160 * 60, null));
      clock("22:30");
      const shift = { start: `${date}T14:00:00+01:00`, end: `${date}T22:00:00+01:00` };
      const stopsOf = ({ shifts }: Awaited<ReturnType<typeof readDebriefs>>) =>
        shifts[0]?.windows[0]?.stops.map(({ stays }) => stays) ?? [];
      const before = await readDebriefs(as(), { from: date, days: 1 });
      expect(stopsOf(before)).toEqual([
        [{ arrivedAt: `${date}T14:02:00+01:00`, minutes: 13, isLate: false }],
        [],
        [],
      ]);
      expect(before.shifts[0]?.windows[0]?.stops[2]?.toSetRight).toMatchObject([{ key: key(3) }]);
      const except = [{ planId, windowId: "w1", stops: [2] }];
      const saved = await saveDebrief(as(), { ...shift, except });
      // 13 minutes of unit 1, none where nobody said when it left; as planned 45 of unit 2, of whom nothing was tapped.
      expect(saved.totals).toMatchObject({ plannedStops: 6, doneStops: 5, doneMinutes: 58 });
      expect(saved.dose.reduce((all, row) => all + row.doneMinutes, 0)).toBe(58);
      expect(
        await query("select distinct logged_by from patrol_stay where left_at is not null"),
      ).toEqual([{ logged_by: null }]);
      // The phone comes back into signal: Leave of the third stop, after 9 minutes.
      await logStay(as(), key(3), body(3, 450 * 60, 441 * 60));
      const late = await readDebriefs(as(), { from: date, days: 1 });
      expect(stopsOf(late).map((stays) => stays.map(({ isLate }) => isLate))).toEqual([
        [false],
        [],
        [true],
      ]);
      expect(late.dose.reduce((all, row) => all + row.doneMinutes, 0)).toBe(58);
      const again = await saveDebrief(as(), { ...shift, except });
      expect(stopsOf(again)[2]).toEqual([
        { arrivedAt: `${date}T15:00:00+01:00`, minutes: 9, isLate: false },
      ]);
      expect(again.dose.reduce((all, row) => all + row.doneMinutes, 0)).toBe(67);
    });
  },
  fillPlaces,
);
