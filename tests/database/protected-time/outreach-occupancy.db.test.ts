import { expect, test } from "vitest";
import { disk, type H3Cell } from "#core/geo/cell.ts";
import { hourMs } from "#core/time/zone.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { cancelSession, moveSession, saveSession } from "#server/protected-time/sessions.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import {
  agreedWindow,
  at,
  beside,
  circleAt,
  insertPatrolRows,
  london,
  partnerWithPlace,
  single,
  weekly,
} from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");
const moment = { zone: london, now };

onEachEngine("occupancy", ({ rolledBack }) => {
  test("a patrol inside protected time cannot be stored: occupancy_no_patrol_in_protected", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-30", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const far = disk(place.cells[0] as H3Cell, 30).filter((cell) => !place.cells.includes(cell));
      const { windowId } = await agreedWindow(tx, {
        from: at("2021-11-29T20:00"),
        to: at("2021-11-29T21:00"),
        cells: far.slice(-3),
      });
      const patrol = {
        from: at("2021-11-30T22:29"),
        to: at("2021-11-30T23:00"),
        cells: place.cells.slice(0, 1),
      };
      const refused = await insertPatrolRows(tx, windowId, patrol).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DatabaseError);
      expect(refused).toMatchObject({
        code: "23P01",
        constraint: "occupancy_no_patrol_in_protected",
      });
    }));

  test("touching end points are allowed, on the half hours of the wall clock", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = single("2021-11-30", "20:10", "21:50");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const before = { from: at("2021-11-30T18:00"), to: at("2021-11-30T19:30") };
      const after = { from: at("2021-11-30T22:30"), to: at("2021-11-30T23:30") };
      await agreedWindow(tx, { ...before, cells: place.cells });
      await agreedWindow(tx, { ...after, cells: place.cells });
      expect(await protectedRows(tx)).toEqual([
        { cells: place.cells.length, from: before.to, to: after.from },
      ]);
    }));

  test("a weekly session is closed 26 weeks ahead, at the same wall clock through both changes", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-10-05", "20:00", "22:00");
      await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      const rows = await protectedRows(tx);
      expect(rows).toHaveLength(26);
      for (const row of rows) {
        expect(row.cells).toBe(place.cells.length);
        expect(new Date(london.toLocal(row.from)).toISOString().slice(11, 16)).toBe("19:30");
        expect(new Date(london.toLocal(row.to)).toISOString().slice(11, 16)).toBe("22:30");
      }
      expect(rows[0]?.from).toBe(at("2021-11-30T19:30"));
      expect(rows.at(-1)?.from).toBe(at("2022-05-24T19:30"));
    }));

  test("a late session withdraws a patrol in its way and cuts a running one at now", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const cells = place.cells.slice(0, 4);
      const running = await agreedWindow(tx, { from: now - hourMs, to: now + hourMs, cells });
      const waiting = await agreedWindow(tx, {
        from: now + hourMs,
        to: now + 2 * hourMs,
        cells: cells.slice(0, 1),
      });
      const elsewhere = await agreedWindow(tx, {
        from: now + hourMs,
        to: now + 2 * hourMs,
        cells: disk(cells[0] as H3Cell, 40).slice(-2),
      });
      // Of the first of them a sheet is printed.
      await tx.query("insert into sheet_issue (plan_id, revision) values ($1::bigint, 1)", [
        running.planId,
      ]);
      const saved = await saveSession(tx, moment, {
        partnerId,
        placeId: place.id,
        rule: single("2021-11-26", "12:00", "14:00"),
      });
      expect(await windowState(tx, running.windowId)).toEqual({
        status: "called_off",
        endsAt: now,
        revision: 2,
      });
      expect(await windowState(tx, waiting.windowId)).toEqual({
        status: "unavailable",
        endsAt: now + 2 * hourMs,
        revision: 1,
      });
      expect(await windowState(tx, elsewhere.windowId)).toMatchObject({
        status: "agreed",
        revision: 1,
      });
      const patrols = await patrolRows(tx, [running.windowId, waiting.windowId]);
      expect(patrols).toEqual([{ id: running.windowId, cells: 4, from: now - hourMs, to: now }]);
      expect(await protectedRows(tx)).toEqual([
        { cells: place.cells.length, from: now, to: at("2021-11-26T14:30") },
      ]);
      const notices = await tx.query<{ session: string; windows: string[] }>(
        `select session_id::text as "session", window_ids::text[] as "windows"
         from session_notice`,
      );
      expect(notices).toHaveLength(1);
      expect(notices[0]?.session).toBe(saved.id);
      expect(new Set(notices[0]?.windows)).toEqual(new Set([running.windowId, waiting.windowId]));
    }));

  test("cancelling early opens the footprint; inside 24 hours it stays closed", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = weekly("2021-11-27", "11:00", "12:00");
      const session = await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      expect(await protectedRows(tx)).toHaveLength(26);
      // Tomorrow at 11:00 is 23 hours away; a week later is not.
      await cancelSession(tx, moment, { session });
      const left = await protectedRows(tx);
      expect(left.map((row) => row.from)).toEqual([at("2021-11-27T10:30")]);
    }));

  test("one date can be called off, and the others stay", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const rule = { ...weekly("2021-11-30", "20:00", "22:00"), until: "2021-12-14" };
      const session = await saveSession(tx, moment, { partnerId, placeId: place.id, rule });
      await cancelSession(tx, moment, { session, date: "2021-12-07" });
      expect((await protectedRows(tx)).map((row) => row.from)).toEqual([
        at("2021-11-30T19:30"),
        at("2021-12-14T19:30"),
      ]);
      await expect(cancelSession(tx, moment, { session, date: "2021-12-08" })).rejects.toThrow(
        "does not take place on Wednesday 8 December 2021",
      );
    }));

  test("a move inside 24 hours keeps the old footprint closed beside the new one", () =>
    rolledBack(async (tx) => {
      const { partnerId, place } = await partnerWithPlace(tx, { name: "North Van", now });
      const session = await saveSession(tx, moment, {
        partnerId,
        placeId: place.id,
        rule: single("2021-11-26", "20:00", "21:00"),
      });
      await moveSession(tx, moment, {
        session,
        draft: { partnerId, placeId: place.id, rule: single("2021-11-28", "20:00", "21:00") },
      });
      expect((await protectedRows(tx)).map((row) => row.from)).toEqual([
        at("2021-11-26T19:30"),
        at("2021-11-28T19:30"),
      ]);
    }));

  test("overlapping sessions of several partners are independent: cancelling one leaves the other", () =>
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
      await cancelSession(tx, moment, { session: first });
      const shared = b.place.cells.find((cell) => a.place.cells.includes(cell));
      expect(shared).toBeDefined();
      const rows = await protectedRows(tx);
      expect(rows).toEqual([
        {
          cells: b.place.cells.length,
          from: at("2021-11-30T19:30"),
          to: at("2021-11-30T22:30"),
        },
      ]);
    }));

  test("a saved place keeps its footprint, whoever updates it", () =>
    rolledBack(async (tx) => {
      const { place } = await partnerWithPlace(tx, { name: "North Van", now });
      await tx.query("update saved_place set label = 'Other words' where id = $1::bigint", [
        place.id,
      ]);
      const moved = tx.query(
        "update saved_place set footprint = footprint[2:] where id = $1::bigint",
        [place.id],
      );
      await refusedBy("saved_place_footprint_fixed", moved);
    }));
});

async function protectedRows(tx: Transaction) {
  return tx.query<{ cells: number; from: number; to: number }>(
    `select
       count(*)::int as "cells",
       (extract(epoch from lower(during)) * 1000)::float8 as "from",
       (extract(epoch from upper(during)) * 1000)::float8 as "to"
     from occupancy
     where kind = 'protected' and active
     group by session_id, during
     order by lower(during)`,
  );
}

async function patrolRows(tx: Transaction, ids: readonly string[]) {
  return tx.query<{ id: string; cells: number; from: number; to: number }>(
    `select
       window_id::text as "id",
       count(*)::int as "cells",
       (extract(epoch from lower(during)) * 1000)::float8 as "from",
       (extract(epoch from upper(during)) * 1000)::float8 as "to"
     from occupancy
     where window_id = any($1::bigint[]) and active
     group by window_id, during`,
    [ids],
  );
}

async function windowState(tx: Transaction, id: string) {
  const [row] = await tx.query<{ status: string; endsAt: number; revision: number }>(
    `select
       patrol_window.status as "status",
       (extract(epoch from patrol_window.ends_at) * 1000)::float8 as "endsAt",
       patrol_plan.revision::int as "revision"
     from patrol_window
     join patrol_plan on patrol_plan.id = patrol_window.plan_id
     where patrol_window.id = $1::bigint`,
    [id],
  );
  return row;
}
