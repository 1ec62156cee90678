import { afterAll, beforeAll, expect, test } from "vitest";
import { drawFootprint } from "#core/blackouts/footprint.ts";
import { createRandom } from "#core/random.ts";
import { formatLocal, hourMs } from "#core/time/zone.ts";
import { keepClearReply } from "#core/wire/keep-clear.ts";
import {
  outreachSession,
  placesOfPartnerReply,
  recordReply,
  savedPlace,
} from "#core/wire/outreach.ts";
import { ownerActor } from "#server/db/database.ts";
import { createPartner } from "#server/outreach/partners.ts";
import { fillPlaces } from "#server/places/load.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { corner, london } from "#tests/support/outreach.ts";
import { wordsOf } from "#tests/support/problem.ts";

const drawn = (at: readonly [number, number], seed = 5) =>
  drawFootprint({ at, radiusM: 150 }, createRandom(seed).next);
const cells = drawn(corner as [number, number]);

onOneEngine(
  "places of a partner",
  ({ db }) => {
    let test_: TestApp;
    let a: TestCaller;
    let b: TestCaller;
    let sergeant: TestCaller;
    beforeAll(async () => {
      test_ = await openTestApp(db());
      const now = test_.services.asAt.now();
      await db().transaction(ownerActor, async (tx) => {
        for (const code of ["a", "b"]) await createPartner(tx, { code, name: `${code} van`, now });
      });
      a = await test_.as("partner", "a");
      b = await test_.as("partner", "b");
      sergeant = await test_.as("sergeant");
    });
    afterAll(() => test_.close());

    const savePlace = async (label: string) => {
      const body = { label, radiusM: 150, cells };
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

    test("a footprint where this team plans no patrols is refused, by one sentence for all", async () => {
      const refusals = await Promise.all(
        [drawn([-0.1, 51.5]), drawn([-0.1, 51.5], 6), drawn([0.02, 51.63])].map((outside) =>
          a.send("POST", "/api/outreach/places", { label: "Far", radiusM: 150, cells: outside }),
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
