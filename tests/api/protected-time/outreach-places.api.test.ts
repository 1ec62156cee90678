import { beforeAll, expect, test } from "vitest";
import { cellAt, disk, parentCell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import { recordReply } from "#core/protected-time/wire/calendar.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import {
  outreachSession,
  placesOfPartnerReply,
  savedPlace,
} from "#core/protected-time/wire/outreach.ts";
import { formatLocal, hourMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { circleAt, corner, london } from "#tests/support/outreach.ts";
import { addPartners } from "#tests/support/partner-care.ts";
import { wordsOf } from "#tests/support/problem.ts";

const way = snapToLattice({
  kind: "corridor",
  corners: [corner, [-0.0622, 51.6203], [-0.0601, 51.6241]],
  halfWidthM: 50,
});

onOneEngine(
  "places of a partner",
  ({ db }) => {
    const test_ = appWith(db);
    const a = test_.caller("partner", "a");
    const b = test_.caller("partner", "b");
    const sergeant = test_.caller("sergeant");
    beforeAll(async () => {
      await addPartners(test_, { a: "North Van", b: "Harbour" });
    });

    const savePlace = async (label: string) => {
      const body = { label, ...circleAt(corner) };
      return savedPlace.parse((await a.send("POST", "/api/outreach/places", body)).json());
    };
    const placesOf = async (caller: TestCaller) =>
      placesOfPartnerReply
        .parse((await caller.get("/api/outreach/places")).json())
        .places.map(({ label }) => label);
    const remove = (caller: TestCaller, id: string) =>
      caller.send("DELETE", `/api/outreach/places/${id}`);
    const countRows = async (table: string) =>
      (
        await db().transaction(ownerActor, (tx) =>
          tx.query<{ count: number }>(`select count(*)::int as "count" from ${table}`),
        )
      )[0]?.count ?? 0;

    test("what no place snaps to is refused in words: another class, other cells, too many of them", async () => {
      const route = { label: "Round", ...way };
      const van = { label: "Van", ...circleAt(corner) };
      const refusedFor = async (body: object) => {
        const reply = await a.send("POST", "/api/outreach/places", body);
        expect(reply.statusCode, reply.body).toBe(422);
        return reply.json<{ detail: string }>().detail;
      };
      for (const classM of [0, 125, 150, 5_000]) {
        expect(await refusedFor({ ...route, classM })).toContain("must be 100 m");
      }
      for (const classM of [0, 125, 401, 5_000]) {
        expect(await refusedFor({ ...van, classM })).toContain("one of 100, 150, 200, 300, 400 m");
      }
      const [cell = cellAt(corner, 9)] = van.lattice;
      for (const [body, fine] of [
        [van, cellAt(corner, 10)],
        [van, parentCell(cell, 7)],
        [route, cellAt(corner, 10)],
        // The larger cells are for a place around one point alone.
        [route, parentCell(cell, 8)],
      ] as const) {
        const given = { ...body, lattice: [fine, ...body.lattice.slice(1)] };
        expect(await refusedFor(given)).toContain("is not a cell that a place is saved by");
      }
      expect(await refusedFor({ ...van, lattice: disk(cell, 1) })).toContain("lies in one cell");
      expect(await refusedFor({ ...route, lattice: disk(cell, 9) })).toContain(
        "more than 250 cells",
      );
      const far = cellAt([-1.6178, 54.9783], 9);
      expect(await refusedFor({ ...van, lattice: [far] })).toContain("far outside the area");
      expect(await refusedFor({ ...route, lattice: [...route.lattice, far] })).toContain(
        "far outside",
      );
      for (const lattice of [[], ["51.6179,-0.0631"], disk(cell, 30)]) {
        const reply = await a.send("POST", "/api/outreach/places", { ...route, lattice });
        expect(reply.statusCode).toBe(400);
      }
    });

    test("cells sent twice or in another order are the same place", async () => {
      const lattice = [...way.lattice, ...way.lattice].reverse();
      const body = { label: "Round", ...way, lattice };
      const saved = savedPlace.parse((await b.send("POST", "/api/outreach/places", body)).json());
      expect(saved).toMatchObject(way);
      expect(saved.cells).toEqual(footprintOf(way));
    });

    test("a footprint where this team plans no patrols is refused, by one sentence for all", async () => {
      const refusals = await Promise.all(
        [circleAt([-0.1, 51.5]), circleAt([-0.1, 51.5], 400, true), circleAt([0.02, 51.63])].map(
          (outside) => a.send("POST", "/api/outreach/places", { label: "Far", ...outside }),
        ),
      );
      for (const refused of refusals) {
        expect(refused.statusCode).toBe(422);
        expect(refused.json<{ detail: string }>().detail).toContain("plans no patrols there");
      }
      expect(new Set(refusals.map((refused) => JSON.stringify(wordsOf(refused)))).size).toBe(1);
      expect(await placesOf(a)).toEqual([]);
    });

    test("a place that nothing uses is removed, by its own partner alone", async () => {
      const place = await savePlace("Elm");
      const other = await remove(b, place.id);
      const missing = await remove(b, "00000000-0000-4000-8000-000000000000");
      expect(other.statusCode).toBe(404);
      expect(wordsOf(other)).toEqual(wordsOf(missing));
      expect((await remove(sergeant, place.id)).statusCode).toBe(403);
      const left = await remove(a, place.id);
      expect(placesOfPartnerReply.parse(left.json()).places).toEqual([]);
      expect(await placesOf(a)).toEqual([]);
      expect((await remove(a, place.id)).statusCode).toBe(404);
    });

    test("a place that a session goes to stays; ended in good time, it can go", async () => {
      const place = await savePlace("Oak");
      const rule = { repeats: "weekly", firstDate: "2021-12-02", start: "20:10", end: "21:50" };
      const made = await a.send("POST", "/api/outreach/sessions", { placeId: place.id, rule });
      const { id } = outreachSession.parse(made.json());
      const refused = await remove(a, place.id);
      expect(refused.statusCode).toBe(409);
      expect(refused.json<{ detail: string }>().detail).toContain("cancel its sessions first");
      expect(await countRows("occupancy")).toBeGreaterThan(0);
      await a.send("POST", `/api/outreach/sessions/${id}/cancel`, {});
      expect((await remove(a, place.id)).statusCode).toBe(200);
      expect(await countRows("occupancy")).toBe(0);
      expect(await countRows("outreach_session")).toBe(0);
    });

    test("what a late cancelling keeps closed stays closed: its place cannot be removed yet", async () => {
      const place = await savePlace("Ash");
      const now = test_.services.asAt.now();
      const [date = "", start = ""] = formatLocal(london.toLocal(now + 3 * hourMs)).split("T");
      const end = formatLocal(london.toLocal(now + 4 * hourMs)).slice(11);
      const rule = { repeats: "weekly", firstDate: date, start, end };
      const made = await a.send("POST", "/api/outreach/sessions", { placeId: place.id, rule });
      const { id } = outreachSession.parse(made.json());
      await a.send("POST", `/api/outreach/sessions/${id}/cancel`, {});
      const closed = async () => {
        const reply = await sergeant.get("/api/keep-clear");
        return keepClearReply.parse(reply.json()).stretches;
      };
      const before = await closed();
      const rows = await countRows("occupancy");
      expect(before).toHaveLength(1);
      const refused = await remove(a, place.id);
      expect(refused.statusCode).toBe(409);
      expect(refused.json<{ detail: string }>().detail).toContain("remove it the day after");
      expect(await closed()).toEqual(before);
      expect(await countRows("occupancy")).toBe(rows);
      // The day after.
      await moveBack(id, 2);
      expect((await remove(a, place.id)).statusCode).toBe(200);
    });

    test("what police are shown of today stays, over or not; yesterday's place takes its record along", async () => {
      const place = await savePlace("Birch");
      const rule = { repeats: "once", firstDate: "2021-12-02", start: "00:30", end: "00:40" };
      const made = await a.send("POST", "/api/outreach/sessions", { placeId: place.id, rule });
      const { id } = outreachSession.parse(made.json());
      await moveBack(id, 6);
      expect((await remove(a, place.id)).statusCode).toBe(409);
      await moveBack(id, 2);
      const record = async () =>
        recordReply.parse((await a.get("/api/outreach/record")).json()).rows;
      expect(await record()).toHaveLength(1);
      expect((await remove(a, place.id)).statusCode).toBe(200);
      expect(await record()).toEqual([]);
    });

    test("a place says when it was last used, and keeps its place in the list", async () => {
      const [first, second] = [await savePlace("First"), await savePlace("Second")];
      const usedAt = async () =>
        placesOfPartnerReply
          .parse((await a.get("/api/outreach/places")).json())
          .places.map((place) => [place.id, Date.parse(place.usedAt)] as const);
      await db().transaction(ownerActor, (tx) =>
        tx.query("update saved_place set saved_at = saved_at - interval '1 day'"),
      );
      const before = new Map(await usedAt());
      const out = await a.send("POST", "/api/outreach/out-now", { placeId: first.id, hours: 1 });
      expect(out.statusCode, out.body).toBe(200);
      const after = await usedAt();
      expect(after.map(([id]) => id)).toEqual([...before.keys()]);
      expect(new Map(after).get(first.id)).toBeGreaterThan(before.get(first.id) ?? Infinity);
      expect(new Map(after).get(second.id)).toBe(before.get(second.id));
    });

    /** As if the session had been given and held so many days before. */
    const moveBack = (key: string, days: number) =>
      db().transaction(ownerActor, (tx) =>
        tx.query(
          `update outreach_session
           set first_date = first_date - $2::int,
               created_at = created_at - make_interval(days => $2::int + 1),
               ended_at = ended_at - make_interval(days => $2::int)
           where key = $1::uuid`,
          [key, days],
        ),
      );
  },
  fillPlaces,
);
