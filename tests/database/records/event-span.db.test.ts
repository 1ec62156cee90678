import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import type { Actor } from "#core/role.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { createBatch } from "#server/records/queries/batches.ts";
import { insertEvents, loadEventColumns } from "#server/records/queries/events.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { complaintAt } from "#tests/support/reports.ts";

const dayMinutes = 1_440;
const start = Date.parse("2020-01-01T00:00Z");
const cell = cellAt([-0.0631, 51.6179], 10);

const event = (startMinute: number, length: number) =>
  complaintAt(cell, start + startMinute * minuteMs, {
    endsAt: start + (startMinute + length) * minuteMs,
  });

const analyst: Actor = { person: "test-analyst", role: "analyst", partner: null };
const sergeant: Actor = { person: "test-sergeant", role: "sergeant", partner: null };

const addBatch = (db: Database, events: readonly PoliceEvent[]): Promise<number> =>
  db.transaction(analyst, async (tx) => {
    const batch = await createBatch(tx, { person: "test", fileName: "made-up" });
    await insertEvents(tx, batch, events);
    return batch;
  });

const longest = (db: Database, batch: number) =>
  db.transaction(ownerActor, async (tx) => {
    const rows = await tx.query<{ minutes: number }>(
      `select longest_minutes as "minutes" from batch where id = $1::int`,
      [batch],
    );
    return rows[0]?.minutes;
  });

/** Where it starts, in minutes. */
const startsBetween = async (db: Database, from: number, to: number) => {
  const columns = await db.transaction(sergeant, (tx) =>
    loadEventColumns(tx, {
      from: start + from * minuteMs,
      to: start + to * minuteMs,
      before: Date.now(),
    }),
  );
  return Array.from(columns.start, (minute) => minute - start / minuteMs);
};

onEachEngine("the longest span of a batch", ({ db }) => {
  test("hides no event that touches a period, whatever its length", async () => {
    const random = createRandom(16);
    const lengths = [0, 1, 90, dayMinutes, 31 * dayMinutes, 366 * dayMinutes];
    const all = Array.from({ length: 400 }, () =>
      event(random.integer(700 * dayMinutes), lengths[random.integer(lengths.length)] ?? 0),
    );
    for (let from = 0; from < all.length; from += 100)
      await addBatch(db(), all.slice(from, from + 100));
    for (let round = 0; round < 30; round += 1) {
      const from = random.integer(700 * dayMinutes);
      const to = from + 1 + random.integer(60 * dayMinutes);
      const expected = all
        .map(({ startsAt, endsAt }) => [(startsAt - start) / minuteMs, (endsAt - start) / minuteMs])
        .filter(([first = 0, last = 0]) => first < to && (last > from || first >= from))
        .map(([first = 0]) => first)
        .sort((a, b) => a - b);
      expect(await startsBetween(db(), from, to)).toEqual(expected);
    }
  });

  test("is kept by the database itself, for an event that is written by hand or moved", async () => {
    const batch = await addBatch(db(), [event(0, 30)]);
    expect(await longest(db(), batch)).toBe(30);
    const at = 1_500 * dayMinutes;
    await db().transaction(ownerActor, (tx) =>
      tx.query(
        `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
         select batch_id, cell, kind, source, category, $2::timestamptz, $3::timestamptz
         from event where batch_id = $1::int`,
        [
          batch,
          new Date(start + at * minuteMs).toISOString(),
          new Date(start + (at + 500 * dayMinutes) * minuteMs).toISOString(),
        ],
      ),
    );
    expect(await longest(db(), batch)).toBe(500 * dayMinutes);
    expect(await startsBetween(db(), at + 499 * dayMinutes, at + 501 * dayMinutes)).toEqual([at]);
    await db().transaction(ownerActor, (tx) =>
      tx.query(
        `update event set starts_at = starts_at - interval '1 hour', ends_at = ends_at + interval '9600 hours'
         where batch_id = $1::int`,
        [batch],
      ),
    );
    expect(await longest(db(), batch)).toBe(500 * dayMinutes + 9_601 * 60);
  });

  test("cannot be lowered beneath events that would vanish from every map", async () => {
    const batch = await addBatch(db(), [event(0, 44_640)]);
    await refusedBy(
      "batch_longest_minutes_grows",
      db().transaction(ownerActor, (tx) =>
        tx.query("update batch set longest_minutes = 0 where id = $1::int", [batch]),
      ),
    );
  });
});
