import { expect, test } from "vitest";
import { cellToDecimal, sortCells } from "#core/geo/cell.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  calendarState,
  confirmCalendar,
  reportUnreadable,
} from "#server/protected-time/calendars.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { blockedWindows, stretchesOfPlan } from "#server/protected-time/protected-stretches.ts";
import { cancelSession, saveSession } from "#server/protected-time/sessions.ts";
import { onEachEngine } from "#tests/support/database.ts";
import {
  at,
  beside,
  circleAt,
  london,
  partnerWithPlace,
  single,
  weekly,
} from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");
const moment = { zone: london, now };
const week = { planFrom: at("2021-11-29T00:00"), planTo: at("2021-12-06T00:00") };

function state(tx: Transaction, when = now) {
  return calendarState(tx, { zone: london, now: when, ...week });
}

function stretches(tx: Transaction, when = now) {
  const span = { from: week.planFrom, to: week.planTo };
  return stretchesOfPlan(tx, { zone: london, ...week, ...span, now: when });
}

onEachEngine("calendars", ({ rolledBack }) => {
  test("no partner, a calendar never given, an unreadable one: each refused with its reason", () =>
    rolledBack(async (tx) => {
      expect(await state(tx)).toMatchObject({ ok: false });
      const partner = await createPartner(tx, { name: "North Van", now });
      expect(await state(tx)).toMatchObject({
        reason: "No suggestion: an outreach calendar has not been confirmed yet.",
      });
      await confirmCalendar(tx, moment, { partnerId: partner.id });
      expect(await state(tx)).toEqual({ ok: true, calendarsAsAt: now, assumed: false });
      await reportUnreadable(tx, { partnerId: partner.id, now, detail: "cut off" });
      expect(await state(tx)).toMatchObject({
        reason: "No suggestion: an outreach calendar could not be read.",
      });
      await confirmCalendar(tx, moment, { partnerId: partner.id });
      expect(await state(tx)).toMatchObject({ ok: true });
    }));

  test("a second partner who has given none stops every plan", () =>
    rolledBack(async (tx) => {
      await partnerWithPlace(tx, { name: "North Van", now });
      expect(await state(tx)).toMatchObject({ ok: true });
      await createPartner(tx, { name: "Harbour", now });
      expect(await state(tx)).toMatchObject({ ok: false });
    }));

  test("what was confirmed after the as-at day is not known on it", () =>
    rolledBack(async (tx) => {
      const { partnerId } = await partnerWithPlace(tx, { name: "North Van", now });
      expect(await state(tx, now - 2 * dayMs)).toMatchObject({ ok: false });
      await confirmCalendar(tx, { zone: london, now: now - 3 * dayMs }, { partnerId });
      expect(await state(tx, now - 2 * dayMs)).toMatchObject({ ok: true });
    }));

  test("a lapsed calendar keeps its last pattern closed, an hour wider on each side", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      expect(await stretches(tx)).toEqual([
        { cells: place.cells, from: at("2021-11-30T19:30"), to: at("2021-11-30T22:30") },
      ]);
      const later = now + 60 * dayMs;
      const [from, to] = [at("2022-01-31T00:00"), at("2022-02-07T00:00")];
      const question = { zone: london, now: later, from, to, planFrom: from, planTo: to };
      const wide = await stretchesOfPlan(tx, question);
      expect(wide).toEqual([
        { cells: place.cells, from: at("2022-02-01T18:30"), to: at("2022-02-01T23:30") },
      ]);
      const judged = await calendarState(tx, {
        zone: london,
        now: later,
        planFrom: at("2022-01-31T00:00"),
        planTo: at("2022-02-07T00:00"),
      });
      expect(judged).toEqual({ ok: true, calendarsAsAt: now, assumed: true });
    }));

  test("widened time that begins before or after the period is not lost", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      for (const rule of [
        single("2021-11-28", "22:00", "23:10"),
        single("2021-12-06", "00:45", "02:00"),
      ]) {
        await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      }
      expect(await stretches(tx)).toEqual([]);
      const found = await stretches(tx, now + 30 * dayMs);
      expect(found.map(({ from, to }) => [from, to])).toEqual([
        [week.planFrom, at("2021-11-29T01:00")],
        [at("2021-12-05T23:00"), week.planTo],
      ]);
    }));

  test("overlapping sessions of two partners are one shape; cancelling one leaves the other", () =>
    rolledBack(async (tx) => {
      const a = await partnerWithPlace(tx, { name: "North Van", now });
      const b = await partnerWithPlace(tx, { name: "Harbour", now, spot: circleAt(beside) });
      const rule = single("2021-11-30", "20:00", "22:00");
      const first = await saveSession(tx, moment, {
        partnerId: a.partnerId,
        placeId: a.place.id,
        rule,
      });
      await saveSession(tx, moment, { partnerId: b.partnerId, placeId: b.place.id, rule });
      const both = await stretches(tx);
      expect(both).toHaveLength(1);
      expect(both[0]?.cells).toEqual(sortCells(new Set([...a.place.cells, ...b.place.cells])));
      await cancelSession(tx, moment, { session: first });
      expect((await stretches(tx))[0]?.cells).toEqual(b.place.cells);
    }));

  test("agreeing asks the stored sessions again: occupancy rows that are missing do not open a place", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      await tx.query("delete from occupancy");
      const window = (id: string, from: string, to: string) => ({
        id,
        from: at(from),
        to: at(to),
        cells: place.cells.slice(0, 1),
      });
      const windows = [
        window("touches", "2021-11-30T18:00", "2021-11-30T19:30"),
        window("overlaps", "2021-11-30T18:00", "2021-11-30T19:31"),
        window("another day", "2021-12-01T20:00", "2021-12-01T21:00"),
        // The last shift of the plan goes on after its last midnight.
        window("after", "2021-12-07T21:00", "2021-12-07T22:00"),
      ];
      const period = { zone: london, now, ...week };
      expect(await blockedWindows(tx, period, windows)).toEqual(["overlaps", "after"]);
      const lapsed = { ...period, now: now + 30 * dayMs };
      expect(await blockedWindows(tx, lapsed, windows)).toEqual(["touches", "overlaps", "after"]);
      expect(await blockedWindows(tx, period, [])).toEqual([]);
    }));

  test("closures are taken to the horizon again as time goes on, once", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      await saveSession(tx, moment, {
        partnerId,
        placeId: place.id,
        rule: single("2021-12-03", "20:00", "22:00"),
      });
      expect(await extendClosures(tx, moment)).toBe(0);
      expect(await extendClosures(tx, { zone: london, now: now + 6 * dayMs })).toBe(0);
      const later = { zone: london, now: now + 20 * 7 * dayMs };
      // The single session lies behind and has nothing to extend.
      expect(await extendClosures(tx, later)).toBe(1);
      expect(await extendClosures(tx, later)).toBe(0);
      const [row] = await tx.query<{ latest: number; visits: number }>(
        `select
           (extract(epoch from max(upper(during))) * 1000)::float8 as "latest",
           count(distinct during)::int as "visits"
         from occupancy
         where cell = $1::bigint`,
        [cellToDecimal(place.cells[0] as (typeof place.cells)[number])],
      );
      expect(row?.visits).toBe(1 + 46);
      expect(row?.latest).toBe(at("2022-10-11T22:30"));
    }));
});
