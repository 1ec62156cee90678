import { beforeAll, expect, test } from "vitest";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { type DebriefsReply, debriefsReply } from "#core/patrols/wire/debrief.ts";
import { hourMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { planAsAt } from "#tests/support/plan-database.ts";

const day = "2021-11-22";

onOneEngine(
  "the debrief of a shift",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    let shift: Awaited<ReturnType<typeof agreedShift>>;
    const span = { start: `${day}T14:00:00+00:00`, end: `${day}T22:00:00+00:00` };

    beforeAll(async () => {
      await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
      shift = await agreedShift(db(), day);
    });

    const read = async (from = day, days = 1) => {
      const reply = await sergeant.get(`/api/debriefs?from=${from}&days=${days}`);
      expect(reply.statusCode, reply.body).toBe(200);
      return debriefsReply.parse(reply.json());
    };
    const save = (except: object[], over: object = {}) =>
      sergeant.send("PUT", "/api/debriefs", { ...span, except, ...over });
    const saved = async (except: object[]) => {
      const reply = await save(except);
      expect(reply.statusCode, reply.body).toBe(200);
      return debriefsReply.parse(reply.json());
    };
    const outcomes = ({ shifts }: DebriefsReply) =>
      shifts[0]?.windows.map(({ stops }) => stops.map(({ outcome }) => outcome));
    const visits = () =>
      db().transaction(ownerActor, (tx) =>
        tx.query<{ cell: string; minutes: number; isDebrief: boolean }>(
          `select to_hex(cell) as "cell",
                (extract(epoch from ends_at - starts_at) / 60)::int as "minutes",
                debrief_id is not null as "isDebrief"
         from patrol_visit
         order by starts_at`,
        ),
      );

    test("waits with every stop that was planned, in order, and nothing said of it", async () => {
      const reply = await read();
      expect(reply.shifts).toMatchObject([
        {
          title: "Monday 22 November 2021, 14:00 to 22:00",
          isOver: true,
          loggedAt: null,
          by: null,
        },
      ]);
      expect(outcomes(reply)).toEqual([
        [null, null, null],
        [null, null, null],
      ]);
      expect(reply.totals).toEqual({
        plannedStops: 0,
        doneStops: 0,
        plannedMinutes: 0,
        doneMinutes: 0,
        waiting: 1,
      });
      expect((await read("2021-11-23")).shifts).toEqual([]);
    });

    test("all done in one pass: each stop is a visit, planned against done is told by place", async () => {
      const before = await lastId(db());
      const reply = await saved([]);
      expect(outcomes(reply)).toEqual([
        ["done", "done", "done"],
        ["done", "done", "done"],
      ]);
      expect(reply.totals).toEqual({
        plannedStops: 6,
        doneStops: 6,
        plannedMinutes: 90,
        doneMinutes: 90,
        waiting: 0,
      });
      expect((await visits()).map(({ cell }) => cell)).toEqual(shift.cells.flat());
      const lines = await linesAfter(db(), before);
      expect(lines).toMatchObject([
        { act: "debrief a shift", outcome: "done", verb: "collection" },
      ]);
      expect(JSON.parse(lines[0]?.detail ?? "")).toEqual({ from: day, days: 1, stops: 6, done: 6 });
      const dose = doseReply.parse((await sergeant.get("/api/dose")).json());
      expect(dose.minutes.reduce((all, minutes) => all + minutes, 0)).toBe(90);
    });

    test("except a window and a stop: said again it takes the place of what was said", async () => {
      const { planId } = shift;
      const reply = await saved([
        { planId, windowId: "w1", reason: "emergency" },
        { planId, windowId: "w2", stops: [2], reason: "weather" },
      ]);
      expect(outcomes(reply)).toEqual([
        ["emergency", "emergency", "emergency"],
        ["done", "weather", "done"],
      ]);
      expect(reply.totals).toMatchObject({ plannedStops: 6, doneStops: 2, doneMinutes: 30 });
      expect(await visits()).toEqual([
        { cell: shift.cells[1]?.[0], minutes: 15, isDebrief: true },
        { cell: shift.cells[1]?.[2], minutes: 15, isDebrief: true },
      ]);
      const [most] = reply.dose;
      expect(most).toMatchObject({ doneMinutes: 15, plannedMinutes: 15, otherMinutes: 0 });
      expect(reply.dose.length).toBe(6);
    });

    test("a stop not done without a reason is stored without one, and none is ever filled in", async () => {
      const { planId } = shift;
      const reply = await saved([
        { planId, windowId: "w1" },
        { planId, windowId: "w2", stops: [2], reason: "weather" },
      ]);
      expect(outcomes(reply)).toEqual([
        ["not_done", "not_done", "not_done"],
        ["done", "weather", "done"],
      ]);
      expect(reply.totals).toMatchObject({ plannedStops: 6, doneStops: 2, doneMinutes: 30 });
      const stored = await db().transaction(ownerActor, (tx) =>
        tx.query(
          `select is_done as "isDone", reason, count(*)::int as "stops"
         from patrol_outcome
         group by is_done, reason
         order by is_done, reason nulls first`,
        ),
      );
      expect(stored).toEqual([
        { isDone: false, reason: null, stops: 3 },
        { isDone: false, reason: "weather", stops: 1 },
        { isDone: true, reason: null, stops: 2 },
      ]);
      // Of what was done nobody can store why it was not.
      await expect(
        db().transaction(ownerActor, (tx) =>
          tx.query("update patrol_outcome set reason = 'emergency' where is_done"),
        ),
      ).rejects.toThrow(/patrol_outcome_reason_missed/);
    });

    test("what names no stop of the shift, and a shift that is not there or not over, saves nothing", async () => {
      const { planId } = shift;
      const wrong = await save([
        { planId, windowId: "w1", reason: "other" },
        { planId, windowId: "w9", reason: "other" },
        { planId, windowId: "w2", stops: [4], reason: "other" },
      ]);
      expect(wrong.statusCode).toBe(422);
      expect(wrong.json().errors).toEqual([
        { field: "except[1]", reason: "names no stop of this shift" },
        { field: "except[2]", reason: "names no stop of this shift" },
      ]);
      const words = await save([{ planId, windowId: "w1", reason: "PC Smith was ill" }]);
      expect(words.statusCode).toBe(400);
      const none = await save([], { start: `${day}T13:00:00Z` });
      expect(none.statusCode).toBe(404);
      const ahead = "2021-11-29";
      await agreedShift(db(), ahead);
      const early = await save([], { start: `${ahead}T14:00:00Z`, end: `${ahead}T22:00:00Z` });
      expect(early.statusCode).toBe(409);
      expect(early.json().detail).toBe("This shift is not over: its last patrol has not ended.");
      expect(outcomes(await read())).toEqual([
        ["not_done", "not_done", "not_done"],
        ["done", "weather", "done"],
      ]);
    });

    test("of a window that was called off only what had begun is asked about", async () => {
      const other = "2021-11-23";
      const { planId } = await agreedShift(db(), other);
      const cutAt = new Date(Date.parse(`${other}T14:00:00Z`) + hourMs / 2);
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `update patrol_window set status = 'called_off', ends_at = $2::timestamptz, closed_at = $2::timestamptz
         where plan_id = $1::bigint and label = 'w1'`,
          [planId, cutAt],
        ),
      );
      const { shifts } = await read(other);
      const [window] = shifts[0]?.windows ?? [];
      expect(window).toMatchObject({ calledOff: true });
      expect(window?.stops.map(({ order, minutes }) => [order, minutes])).toEqual([
        [1, 15],
        [2, 5],
      ]);
      expect(JSON.stringify(shifts)).not.toMatch(
        /outreach|keep.?clear|protected|available|session/i,
      );
    });
  },
  fillPlaces,
);
