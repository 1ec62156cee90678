import { beforeEach, describe, expect, test } from "vitest";
import { sessionDays } from "#core/protected-time/retention.ts";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import {
  insertPoliceCame,
  keptClearRecord,
  reportPoliceCame,
} from "#server/protected-time/past-visits.ts";
import { removePlace } from "#server/protected-time/places.ts";
import { insertNotices } from "#server/protected-time/police-notices.ts";
import { cancelSession, sessionById, storeSession } from "#server/protected-time/sessions.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { letTimePass } from "#tests/support/clock.ts";
import { onEachEngine } from "#tests/support/database.ts";
import {
  agreedWindow,
  at,
  london,
  partnerWithPlace,
  single,
  weekly,
} from "#tests/support/outreach.ts";
import { runsOf } from "#tests/support/runs.ts";

/** SAFEGUARDS 18: sessions are erased 14 days after they end, leaving "kept clear: yes or no". */
onEachEngine("past outreach", ({ db }) => {
  let partnerId = "";
  let place: Awaited<ReturnType<typeof partnerWithPlace>>["place"];
  const work = <Value>(run: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, run);
  const moment = (now: number): Moment => ({ zone: london, now });
  const since = at("2015-03-02T10:00");

  beforeEach(async () => {
    await work(async (tx) => {
      await tx.query("delete from patrol_plan");
      await tx.query("delete from partner");
      ({ partnerId, place } = await partnerWithPlace(tx, { name: "A", now: since }));
    });
  });

  const store = (rule: ReturnType<typeof weekly>, now = since) =>
    work(async (tx) => {
      const id = await storeSession(tx, moment(now), { partnerId, placeId: place.id, rule });
      await closeSessions(tx, moment(now), { ids: [id], announce: false });
      return id;
    });
  const round = async (now: number, dryRun = false) => {
    await letTimePass(db());
    return runRetention(
      {
        db: db(),
        zone: london,
        asAt: {
          now: () => now,
          date: () => london.dateOf(now),
          demo: true,
          clock: () => Date.now(),
          refresh: () => Promise.resolve(),
        },
      },
      { dryRun },
    );
  };
  const record = (now: number) => work((tx) => keptClearRecord(tx, moment(now), partnerId));
  const countOf = async (table: string) => {
    const [row] = await work((tx) =>
      tx.query<{ n: number }>(
        `select count(*)::int as n from ${table} as held where to_jsonb(held) ->> 'sealed_at' is null`,
      ),
    );
    return row?.n ?? 0;
  };
  const erasures = () =>
    work((tx) =>
      tx.query<{ person: string; detail: Record<string, unknown> }>(
        "select person, detail from audit where act = 'erase past outreach' order by id",
      ),
    );

  test("a single session is there until 14 days after its protected time, then only 'kept clear' is", async () => {
    await store(single("2015-03-10", "20:00", "22:00"));
    // By hand: what is promised is fourteen days, whatever the setting says.
    const due = at("2015-03-24T22:30");
    const before = await record(due - 1);
    expect(before).toMatchObject({ kept: 1, of: 1 });
    await round(due - 1);
    expect(await countOf("outreach_session")).toBe(1);
    expect(await countOf("occupancy")).toBeGreaterThan(0);
    await round(due);
    for (const table of ["outreach_session", "occupancy", "session_notice"]) {
      expect(await countOf(table), table).toBe(0);
    }
    expect(await record(due)).toEqual({ kept: 1, of: 1, rows: [] });
    const left = await work((tx) =>
      tx.query<{ row: string }>("select row_to_json(kept_clear)::text as row from kept_clear"),
    );
    expect(left.map(({ row }) => JSON.parse(row) as object)).toEqual([
      { partner_id: Number(partnerId), kept: true, visits: 1 },
    ]);
  });

  test("over a year of both clock changes a partner's record says the same before and after each round", async () => {
    const id = await store(weekly("2015-03-03", "23:30", "02:30"));
    const other = await store({ ...weekly("2015-03-05", "01:15", "02:45"), until: "2015-11-05" });
    const totals = { reported: 0, called: 0 };
    // A session is erased after 14 days: each second round alone erases of both weeks between them.
    const step = runsOf(1, 2) * (6.5 * dayMs + 7 * hourMs);
    for (let now = since; now < at("2016-03-07T00:00"); now += step) {
      const today = london.dateOf(now);
      await work(async (tx) => {
        const session = await sessionById(tx, id);
        const dates = (await keptClearRecord(tx, moment(now), partnerId)).rows
          .filter(({ sessionId, kept }) => sessionId === session.key && kept)
          .map(({ date }) => date);
        if (totals.reported < 9 && dates[0] !== undefined && today > "2015-03-20") {
          await reportPoliceCame(tx, moment(now), { session, date: dates[0] });
          totals.reported += 1;
        }
        const next = nextDate(session.rule.firstDate, today);
        if (totals.called < 12 && london.startOfDate(next) - now > 30 * hourMs) {
          await cancelSession(tx, moment(now), { session, date: next });
          totals.called += 1;
        }
      });
      const before = await record(now);
      await round(now);
      const after = await record(now);
      expect({ kept: after.kept, of: after.of }, today).toEqual({
        kept: before.kept,
        of: before.of,
      });
      expect(after.rows.length).toBeLessThanOrEqual(6);
    }
    expect(totals).toEqual({ reported: 9, called: 12 });
    const end = await record(at("2016-03-07T00:00"));
    // 53 Tuesdays without the twelve called off, 36 Thursdays until 5 November.
    expect(end.of).toBe(53 - 12 + 36);
    expect(end.kept).toBe(end.of - 9);
    const sessions = await work((tx) =>
      tx.query<{ id: string }>(
        "select id::text as id from outreach_session where sealed_at is null",
      ),
    );
    expect(sessions.map((row) => row.id)).toEqual([id]);
    expect(sessions.map((row) => row.id)).not.toContain(other);
  });

  test("of a session that goes on, past dates, reports, notices and protected rows go, and what is ahead stays", async () => {
    const id = await store(weekly("2015-03-03", "20:00", "22:00"));
    const now = at("2015-04-20T12:00");
    await work(async (tx) => {
      await tx.query(
        `insert into session_exception (session_id, occurs_on, told_at) values
           ($1::bigint, '2015-03-17', null), ($1::bigint, '2015-04-14', null),
           ($1::bigint, '2015-05-05', null)`,
        [id],
      );
      for (const date of ["2015-03-10", "2015-04-07"]) {
        await insertPoliceCame(tx, { sessionId: id, date, now: since });
      }
      await insertNotices(tx, { sessionId: id, now: at("2015-03-10T19:00"), windowIds: [] });
      await insertNotices(tx, { sessionId: id, now: at("2015-04-07T19:00"), windowIds: [] });
    });
    const ahead = await work((tx) =>
      tx.query("select from occupancy where upper(during) > $1::timestamptz", [
        new Date(now - sessionDays * dayMs),
      ]),
    );
    const before = await record(now);
    await round(now);
    const left = await work((tx) =>
      tx.query<{ what: string }>(
        `select 'off ' || occurs_on as what from session_exception where sealed_at is null
         union all select 'came ' || occurs_on from police_came where sealed_at is null
         union all select 'told ' || (told_at at time zone 'Europe/London')::date from session_notice
         order by 1`,
      ),
    );
    expect(left.map(({ what }) => what)).toEqual([
      "came 2015-04-07",
      "off 2015-04-14",
      "off 2015-05-05",
      "told 2015-04-07",
    ]);
    expect(await countOf("occupancy")).toBe(ahead.length);
    const after = await record(now);
    expect([after.kept, after.of]).toEqual([before.kept, before.of]);
    expect(after.rows.map(({ date }) => date)).toEqual(["2015-04-07"]);
    expect(after).toMatchObject({ kept: 3, of: 5 });
    // An erased date does not come back when the erasing is done again.
    await round(now + hourMs);
    expect((await record(now)).of).toBe(before.of);
  });

  test("a visit that a patrol was in does not become one that was kept clear", async () => {
    const visit = { from: at("2015-03-10T20:00"), to: at("2015-03-10T21:00") };
    await work((tx) => agreedWindow(tx, { ...visit, cells: place.cells }));
    // Saved while the patrol was under way, which is cut at that moment.
    await store(single("2015-03-10", "20:00", "22:00"), at("2015-03-10T20:30"));
    const now = at("2015-03-30T12:00");
    expect(await record(now)).toMatchObject({ kept: 0, of: 1 });
    await round(now);
    expect(await record(now)).toMatchObject({ kept: 0, of: 1, rows: [] });
  });

  test("a session that was called off before it took place is erased without a trace", async () => {
    const id = await store(single("2015-03-10", "20:00", "22:00"));
    const told = at("2015-03-05T12:00");
    await work(async (tx) =>
      cancelSession(tx, moment(told), { session: await sessionById(tx, id) }),
    );
    await round(told + 15 * dayMs + 30 * hourMs);
    expect(await countOf("outreach_session")).toBe(0);
    expect(await countOf("kept_clear")).toBe(0);
  });

  test("what lies ahead is never erased: a single visit a year on, a series that begins later", async () => {
    await store(single("2016-02-10", "20:00", "22:00"));
    await store({ ...weekly("2015-10-01", "20:00", "22:00"), until: "2015-10-22" });
    await round(at("2015-09-30T12:00"));
    expect(await countOf("outreach_session")).toBe(2);
    // 14 days of 24 hours after 22:30 summer time.
    await round(at("2015-11-05T21:29"));
    expect(await countOf("outreach_session")).toBe(2);
    await round(at("2015-11-05T21:30"));
    expect(await countOf("outreach_session")).toBe(1);
  });

  test("removing a place keeps whether its sessions were kept clear", async () => {
    await store(single("2015-03-10", "20:00", "22:00"));
    const id = await store(single("2015-03-12", "20:00", "22:00"));
    await work((tx) => insertPoliceCame(tx, { sessionId: id, date: "2015-03-12", now: since }));
    const now = at("2015-03-14T12:00");
    await work((tx) => removePlace(tx, moment(now), place));
    expect(await countOf("outreach_session")).toBe(0);
    expect(await record(now)).toMatchObject({ kept: 1, of: 2, rows: [] });
  });

  test("an erased visit cannot be reported any more, and the partner is told why", async () => {
    const id = await store(weekly("2015-03-03", "20:00", "22:00"));
    const now = at("2015-04-20T12:00");
    await round(now);
    const report = work(async (tx) =>
      reportPoliceCame(tx, moment(now), { session: await sessionById(tx, id), date: "2015-03-10" }),
    );
    await expect(report).rejects.toThrow("ended more than 14 days ago and is erased");
  });

  describe("in the audit chain", () => {
    test("an erasure is numbers by kind and nothing of what was erased", async () => {
      await store(single("2015-03-10", "20:00", "22:00"));
      const lines = (await erasures()).length;
      await round(at("2015-04-20T12:00"));
      const after = await erasures();
      expect(after).toHaveLength(lines + 1);
      expect(after.at(-1)?.person).toBe("system");
      expect(after.at(-1)?.detail).toMatchObject({ sessions: 1, visits: 1 });
      const values = Object.values(after.at(-1)?.detail ?? {});
      expect(values.every((value) => typeof value === "number")).toBe(true);
      await round(at("2015-04-20T13:00"));
      expect(await erasures()).toHaveLength(lines + 1);
    });

    test("a round that is only tried keeps everything and leaves no line", async () => {
      await store(single("2015-03-10", "20:00", "22:00"));
      const lines = (await erasures()).length;
      const tried = await round(at("2015-04-20T12:00"), true);
      expect(tried.outreach).toMatchObject({ sessions: 1, visits: 1 });
      expect(await countOf("outreach_session")).toBe(1);
      expect(await countOf("kept_clear")).toBe(0);
      expect(await erasures()).toHaveLength(lines);
    });
  });

  test("views of footprints go after 90 days, and the name of a viewer with the last of them", async () => {
    const view = (person: string, day: string) =>
      work((tx) =>
        tx.query(
          `with viewer as (
             insert into footprint_viewer (partner_id, person) values ($1::bigint, $2)
             on conflict (partner_id, person) do update set person = excluded.person
             returning alias
           )
           insert into footprint_view (partner_id, day, role, alias)
           select $1::bigint, $3::date, 'sergeant', alias from viewer`,
          [partnerId, person, day],
        ),
      );
    await view("one", "2015-03-10");
    await view("one", "2015-06-01");
    await view("two", "2015-03-10");
    await round(at("2015-06-08T12:00"));
    expect(await countOf("footprint_view")).toBe(3);
    await round(at("2015-06-09T12:00"));
    expect(await countOf("footprint_view")).toBe(1);
    expect(await countOf("footprint_viewer")).toBe(1);
  });

  test("the words of an objection to a release go 90 days after it was taken back", async () => {
    const object = (lifted: string | null) =>
      work((tx) =>
        tx.query(
          `with draft as (
             insert into release_draft (content, area_set, after_number, drafted_on, drafted_at, drafted_by)
             values ('{}', repeat('0', 64), 0, '2015-03-01', '2015-03-01', 'an analyst')
             returning id
           )
           insert into release_objection (draft_id, by_role, reason, objected_at, objected_by, lifted_at)
           select id, 'coordinator', 'Not yet.', '2015-03-01', 'a coordinator', $1::timestamptz from draft`,
          [lifted],
        ),
      );
    await object("2015-03-10T12:00Z");
    await object("2015-06-01T12:00Z");
    await object(null);
    await round(at("2015-06-08T12:00"));
    expect(await countOf("release_objection")).toBe(3);
    await round(at("2015-06-09T12:00"));
    // One that stands holds its draft, however old it is.
    expect(await countOf("release_objection")).toBe(2);
  });
});

/** The next date of a weekly session from a day on. */
function nextDate(first: string, today: string): string {
  let day = Date.parse(first);
  while (day <= Date.parse(today)) day += 7 * dayMs;
  return new Date(day).toISOString().slice(0, 10);
}
