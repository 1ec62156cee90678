import { beforeEach, expect, test } from "vitest";
import { usualEventYears, yearsBefore } from "#core/records/retention.ts";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { ownerActor, publisherActor, type Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { retentionKey } from "#server/records/event-years.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { lastRemoval, runRetention } from "#server/upkeep/retention/run-retention.ts";
import { letTimePass } from "#tests/support/clock.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { at, london } from "#tests/support/outreach.ts";

onEachEngine("events past their age", ({ db }) => {
  const removals = async (tx: Transaction) => {
    const last = [await lastRemoval(tx, "announced"), await lastRemoval(tx, "done")];
    return last.filter((removal) => removal !== null);
  };
  const work = <Value>(run: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, run);
  beforeEach(() =>
    work(async (tx) => {
      await tx.query("delete from batch");
      await tx.query("delete from event_removal");
      await tx.query("delete from setting");
    }),
  );

  const addEvents = (importedAt: number, ends: readonly string[]) =>
    work(async (tx) => {
      const [batch] = await tx.query<{ id: number }>(
        `insert into batch (person, imported_at, file_name, profile)
         values ('someone', $1::timestamptz, 'file.csv', 'plain') returning id`,
        [new Date(importedAt)],
      );
      await tx.query(
        `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
         select $1::int, 622236719905341439, case when given.n % 2 = 0 then 'stop_search' else 'complaint' end,
           case when given.n % 2 = 0 then 'police' else 'resident' end, 'asb',
           given.at - interval '1 hour', given.at
         from unnest($2::timestamptz[]) with ordinality as given (at, n)`,
        [batch?.id ?? 0, ends.map((local) => new Date(at(local)))],
      );
    });
  const round = async (now: number, { demo = false, dryRun = false } = {}) => {
    await letTimePass(db());
    return runRetention(
      {
        db: db(),
        zone: london,
        asAt: {
          now: () => now,
          date: () => london.dateOf(now),
          demo,
          clock: () => Date.now(),
          refresh: () => Promise.resolve(),
        },
      },
      { dryRun },
    );
  };
  const left = async () => {
    const rows = await work((tx) =>
      tx.query<{ at: string }>(
        `select to_char(ends_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as at
         from event order by ends_at`,
      ),
    );
    return rows.map((row) => row.at);
  };

  const now = at("2026-03-24T09:00");
  const old = ["2017-01-01T12:00", "2020-03-31T23:59"];
  const young = ["2020-04-01T00:00", "2026-03-20T12:00"];

  test("are announced at least a week before and go then, to the minute, over the clock change", async () => {
    await addEvents(now - dayMs, [...old, ...young]);
    const first = await round(now);
    // Due on 1 April: older than six years on that day, by London dates.
    expect(first.events).toEqual({
      removed: null,
      announced: { before: "2020-04-01", dueAt: now + 8 * dayMs, count: 2 },
      withdrawn: false,
      pending: null,
    });
    for (const later of [now + hourMs, now + 7 * dayMs, now + 8 * dayMs - 1]) {
      expect((await round(later)).events?.removed).toBeNull();
      expect(await left()).toHaveLength(4);
    }
    const version = await db().transaction(publisherActor, eventsVersion);
    const last = await round(now + 8 * dayMs);
    expect(last.events?.removed).toEqual({
      before: "2020-04-01",
      byKind: { complaint: 1, stop_search: 1 },
    });
    expect(await left()).toEqual(["2020-04-01 00:00", "2026-03-20 12:00"]);
    // What was reckoned from them is reckoned again.
    expect(await db().transaction(publisherActor, eventsVersion)).not.toBe(version);
    const [line] = await work((tx) =>
      tx.query<{ detail: object; verb: string }>(
        "select verb, detail from audit where act = 'erase events past their age' order by id desc limit 1",
      ),
    );
    expect(line).toEqual({
      verb: "erasure",
      detail: { before: "2020-04-01", complaint: 1, stop_search: 1 },
    });
  });

  test("that came in after the announcement wait for one of their own", async () => {
    await addEvents(now - dayMs, old);
    await round(now);
    await addEvents(now + dayMs, ["2016-06-01T12:00"]);
    const done = await round(now + 8 * dayMs);
    expect(await left()).toEqual(["2016-06-01 12:00"]);
    expect(done.events?.announced).toMatchObject({ count: 1 });
  });

  test("that wait are named in every round: what is announced, and what came in after it", async () => {
    await addEvents(now - dayMs, old);
    await round(now);
    await addEvents(now + dayMs, ["2016-06-01T12:00", "2020-03-26T12:00"]);
    const pending = { before: "2020-04-01", dueAt: now + 8 * dayMs, count: 2, later: 1 };
    for (const dryRun of [true, false]) {
      expect((await round(now + dayMs, { dryRun })).events).toEqual({
        removed: null,
        announced: null,
        withdrawn: false,
        pending,
      });
    }
    // On the day of the announcement it is due, whether or not a server has run since.
    expect((await round(now + 8 * dayMs, { dryRun: true })).events).toMatchObject({
      removed: { before: "2020-04-01", byKind: { complaint: 1, stop_search: 1 } },
      announced: { count: 2 },
      pending: null,
    });
  });

  test("stay when the age is raised in time: the announcement is taken back", async () => {
    await addEvents(now - dayMs, old);
    await round(now);
    await work((tx) => writeSetting(tx, retentionKey, { eventYears: 10 }));
    const next = await round(now + 8 * dayMs);
    expect(next.events).toEqual({ removed: null, announced: null, withdrawn: true, pending: null });
    expect(await left()).toHaveLength(2);
  });

  test("go sooner with a lower age, announced again", async () => {
    await addEvents(now - dayMs, ["2025-01-01T12:00"]);
    expect((await round(now)).events?.announced).toBeNull();
    await work((tx) => writeSetting(tx, retentionKey, { eventYears: 1 }));
    expect((await round(now)).events?.announced).toMatchObject({ count: 1 });
    await round(now + 8 * dayMs);
    expect(await left()).toEqual([]);
  });

  test("are not taken for older by a setting that cannot be read", async () => {
    await addEvents(now - dayMs, young);
    await work((tx) => writeSetting(tx, retentionKey, { eventYears: 0 }));
    expect((await round(now)).events?.announced).toBeNull();
  });

  test("stay in the demonstration, whatever their age", async () => {
    await addEvents(now - dayMs, old);
    expect((await round(now, { demo: true })).events).toBeNull();
    expect(await work(removals)).toEqual([]);
    expect(await left()).toHaveLength(2);
  });

  test("an announcement by a clock that was ahead is taken back", async () => {
    await addEvents(now - dayMs, young);
    await round(now + 3_650 * dayMs);
    expect(await work(removals)).toHaveLength(1);
    expect((await round(now)).events).toMatchObject({ withdrawn: true, removed: null });
    expect(await left()).toHaveLength(2);
  });

  test("tried only: what would be announced is said, and nothing is", async () => {
    await addEvents(now - dayMs, old);
    expect((await round(now, { dryRun: true })).events?.announced).toMatchObject({ count: 2 });
    expect(await work(removals)).toEqual([]);
  });

  test("the database keeps an announcement from being shorter than a week, and there is one at a time", async () => {
    const insert = (hours: number) =>
      work((tx) =>
        tx.query(
          `insert into event_removal (announced_at, due_at, before, event_count)
           values ($1::timestamptz, $2::timestamptz, '2020-01-01', 1)`,
          [new Date(now), new Date(now + hours * hourMs)],
        ),
      );
    await refusedBy("event_removal_due_at_a_week_on", insert(167));
    await insert(168);
    await refusedBy("event_removal_one_open", insert(168));
    const early = work((tx) =>
      tx.query("update event_removal set erased_at = $1::timestamptz, erased_count = 1", [
        new Date(now + 100 * hourMs),
      ]),
    );
    await refusedBy("event_removal_erased_at_after_due", early);
  });
});

test("six years are the usual age: the first review of police information", () => {
  expect(usualEventYears).toBe(6);
});

test("a day so many years before is that day, or the 28th of a February without a 29th", () => {
  expect(yearsBefore("2026-04-01", 3)).toBe("2023-04-01");
  expect(yearsBefore("2028-02-29", 4)).toBe("2024-02-29");
  expect(yearsBefore("2028-02-29", 3)).toBe("2025-02-28");
});
