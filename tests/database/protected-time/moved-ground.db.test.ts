import { beforeAll, expect, test } from "vitest";
import { cellAt, cellToDecimal, disk, type Position } from "#core/geo/cell.ts";
import { placesOfPartnerReply, type SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { ownerActor } from "#server/db/database.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { moveBack, moveTo } from "#tests/support/moved.ts";
import { agreedWindow, at, circleAt } from "#tests/support/outreach.ts";
import { once, placeBy, sessionBy } from "#tests/support/partner-care.ts";
import { wordsOf } from "#tests/support/problem.ts";

/** In Haringey, and in no part once the middle alone stays. No service works there. */
const left: Position = [-0.1304, 51.5853];
const outside =
  "This place lies outside Enfield and Haringey and the ground beside them. This team plans no patrols there, so it can keep nothing clear: ask the police team of that area.";

/** One story: a partner's place and sessions, and a patrol that was approved, on ground that leaves. */
onEachEngine(
  "protected time on ground that leaves the area",
  ({ db }) => {
    const app = appWith(db);
    const partner = app.caller("partner", "a");
    const sergeant = app.caller("sergeant");
    let place: SavedPlaceReply;
    let spare: SavedPlaceReply;
    let session = "";
    let patrol = "";
    const rows = <Row extends object>(sql: string, values: readonly (string | Date)[] = []) =>
      db().transaction(ownerActor, (tx) => tx.query<Row>(sql, values));
    const places = async () =>
      placesOfPartnerReply.parse((await partner.get("/api/outreach/places")).json()).places;
    const isClosed = async (local: string) => {
      const [found] = await rows<{ closed: boolean }>(
        `select exists (select from occupancy where kind = 'protected' and cell = $1::bigint
           and during @> $2::timestamptz) as "closed"`,
        [cellToDecimal(cellAt(left, 10)), new Date(at(local))],
      );
      return found?.closed;
    };
    const approve = () =>
      db().transaction(ownerActor, (tx) =>
        agreedWindow(tx, {
          from: at("2021-12-06T10:00"),
          to: at("2021-12-06T11:00"),
          cells: disk(cellAt(left, 10), 1),
        }),
      );
    const stateOfPatrol = async () =>
      (
        await rows<{ status: string }>("select status from patrol_window where id = $1", [patrol])
      )[0]?.status;

    beforeAll(async () => {
      place = await placeBy(partner, circleAt(left));
      spare = await placeBy(partner, circleAt([left[0], left[1] - 0.004]));
      const rule = { ...once("2021-12-03"), repeats: "weekly" };
      session = (await sessionBy(partner, { placeId: place.id, rule })).id;
      patrol = (await approve()).windowId;
      const shown = async () => (await sergeant.get("/api/keep-clear")).json();
      const before = await shown();
      await moveTo(app.services, "moved");
      expect(await shown()).toEqual(before);
    });

    test("stays closed, and the partner reads at each such place that this team has no patrols there", async () => {
      expect(await isClosed("2021-12-03T21:00")).toBe(true);
      const told = (await places()).filter(({ beyond }) => beyond !== undefined);
      expect(told.map(({ id }) => id)).toContain(place.id);
      expect(new Set(told.map(({ beyond }) => beyond))).toEqual(new Set([outside]));
      expect(told.length).toBeLessThan((await places()).length);
    });

    test("SAFEGUARDS 2: its session is changed, cancelled, put back and added there as before, and takes a patrol that still stands", async () => {
      const send = async (path: string, body: object) => {
        const reply = await partner.send("POST", `/api/outreach/${path}`, body);
        expect(reply.statusCode, reply.body).toBe(200);
        return reply.json();
      };
      const rule = { ...once("2021-12-04"), repeats: "weekly" };
      const moved = await send(`sessions/${session}/move`, { placeId: place.id, rule });
      expect(await isClosed("2021-12-03T21:00")).toBe(false);
      expect(await isClosed("2022-02-05T21:00")).toBe(true);
      session = moved.id;
      await send(`sessions/${session}/cancel`, { date: "2021-12-11" });
      expect(await isClosed("2021-12-11T21:00")).toBe(false);
      await send(`sessions/${session}/restore`, { date: "2021-12-11" });
      expect(await isClosed("2021-12-11T21:00")).toBe(true);
      expect(await stateOfPatrol()).toBe("agreed");
      await sessionBy(partner, { placeId: place.id, rule: once("2021-12-06", "10:15", "10:45") });
      expect(await stateOfPatrol()).toBe("unavailable");
      await refusedBy("occupancy_no_patrol_in_protected", approve());
      const now = await send("out-now", { placeId: place.id });
      const [first] = now.next;
      expect(await isClosed(first.endsAt.slice(0, 16))).toBe(true);
    });

    test("a new place there is refused in words, and the session that was to move to it stays closed", async () => {
      const spot: Position = [left[0] + 0.006, left[1]];
      const body = { label: "Round the corner", ...circleAt(spot) };
      const reply = await partner.send("POST", "/api/outreach/places", body);
      expect(reply.statusCode).toBe(422);
      expect(wordsOf(reply)).toMatchObject({ detail: outside });
      expect(await isClosed("2021-12-04T21:00")).toBe(true);
    });

    test("the word stays while another place is removed, and goes with the move back", async () => {
      const removed = await partner.send("DELETE", `/api/outreach/places/${spare.id}`);
      const still = placesOfPartnerReply.parse(removed.json()).places;
      expect(still.find(({ id }) => id === place.id)?.beyond).toBe(outside);
      await moveBack(app.services);
      expect((await places()).filter(({ beyond }) => beyond !== undefined)).toEqual([]);
      expect(await isClosed("2021-12-04T21:00")).toBe(true);
    });
  },
  fillDemo,
);
