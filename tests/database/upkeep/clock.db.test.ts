import { beforeEach, describe, expect, test } from "vitest";
import { isFresh } from "#core/protected-time/freshness.ts";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { operatorActor } from "#server/cli/command.ts";
import { lookAtClocks, sayClockIsRight } from "#server/db/clock.ts";
import { ownerActor, systemActor, type Transaction } from "#server/db/database.ts";
import { closeSessions, extendClosures } from "#server/protected-time/close-sessions.ts";
import { keptClearRecord } from "#server/protected-time/past-visits.ts";
import { storeSession } from "#server/protected-time/sessions.ts";
import { takeBackErasure } from "#server/upkeep/retention/erase-sessions.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { letTimePass, setMark } from "#tests/support/clock.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { london, partnerWithPlace, single, weekly } from "#tests/support/outreach.ts";

/** By how much a clock is wrong. */
const steps = [
  ["an hour", hourMs],
  ["40 days", 40 * dayMs],
  ["3 years", 3 * 365 * dayMs],
] as const;

/** SAFEGUARDS 14: a wrong clock loses nothing. */
onEachEngine("a wrong clock", ({ db }) => {
  let partnerId = "";
  let placeId = "";
  const now = () => Date.now();
  const work = <Value>(run: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, run);

  beforeEach(async () => {
    await work(async (tx) => {
      await tx.query("delete from setting where key = 'demo'");
      await tx.query("delete from partner");
      const since = now() - 60 * dayMs;
      const { partnerId: own, place } = await partnerWithPlace(tx, { name: "A", now: since });
      [partnerId, placeId] = [own, place.id];
    });
    for (const name of ["seen", "erased", "said"] as const) await setMark(db(), name, null);
    await lookAtClocks(db(), serverAt(0).asAt);
    await store(single(dateAhead(30), "20:00", "22:00"));
    await store(single(dateAhead(-8), "20:00", "22:00"));
    await store(weekly(dateAhead(-49), "19:00", "21:00"));
    await extend(0);
  });

  const dateAhead = (days: number) => london.dateOf(now() + days * dayMs);
  const store = (rule: ReturnType<typeof weekly>, at = now() - 60 * dayMs) =>
    work(async (tx) => {
      const id = await storeSession(tx, { zone: london, now: at }, { partnerId, placeId, rule });
      await closeSessions(tx, { zone: london, now: at }, { ids: [id], announce: false });
      return id;
    });
  /** A server whose clock is wrong by so much. */
  const serverAt = (wrongBy: number) => ({
    db: db(),
    zone: london,
    asAt: {
      now: () => now() + wrongBy,
      date: () => london.dateOf(now() + wrongBy),
      clock: () => now() + wrongBy,
      demo: false,
      refresh: () => Promise.resolve(),
    },
  });
  const held = (more = "") =>
    work(async (tx) => {
      const count = async (table: string, where = "true") => {
        const [row] = await tx.query<{ n: number }>(
          `select count(*)::int as n from ${table} where ${where}`,
        );
        return row?.n ?? 0;
      };
      return {
        sessions: await count("outreach_session", "sealed_at is null"),
        ahead: await count("occupancy", `upper(during) > now() ${more}`),
        counted: await count("kept_clear"),
        recorded: await count("outreach_session", "recorded_until is not null"),
      };
    });
  const record = (wrongBy: number) =>
    work((tx) => keptClearRecord(tx, { zone: london, now: now() + wrongBy }, partnerId));
  const extend = (wrongBy: number) =>
    db().transaction(systemActor, (tx) =>
      extendClosures(tx, { zone: london, now: now() + wrongBy }),
    );
  /** What a server does at its start and every hour. */
  const upkeep = async (wrongBy: number) => {
    const server = serverAt(wrongBy);
    await extend(wrongBy);
    return runRetention(server).then(
      () => "erased",
      (error: Error) => error.message,
    );
  };

  describe.each([
    ["ahead", 1],
    ["behind", -1],
  ] as const)("of the server, %s", (side, sign) => {
    test.each(steps)("by %s: nothing is erased, opened or counted", async (_name, by) => {
      await letTimePass(db());
      const before = await held();
      const kept = await record(0);
      const said = await upkeep(sign * by);
      expect(said).toContain(side === "ahead" ? "ahead of the database" : "behind the database");
      expect(said).toContain("Nothing is erased until they agree.");
      expect(await held()).toEqual(before);
      if (sign > 0) expect((await record(by)).of).toBe(kept.of);
      else expect((await record(-by)).of).toBeLessThanOrEqual(kept.of);
      // Set right again it goes on as if nothing had been.
      expect(await upkeep(0)).toBe("erased");
      const after = await record(0);
      expect([after.kept, after.of]).toEqual([kept.kept, kept.of]);
    });
  });

  describe("of the database too, as on the embedded engine", () => {
    /** That both went on by so much since the database was seen at work. */
    const bothAhead = (by: number) =>
      setMark(db(), "seen", `now() - interval '${by} milliseconds'`);

    test.each(steps.slice(1))(
      "by %s: nothing is erased or counted until a person has said that it is right",
      async (_name, by) => {
        await bothAhead(by);
        const before = await held();
        expect(await upkeep(0)).toContain("Nothing is erased until somebody says that");
        expect(await held()).toEqual(before);
        // Of the visits that this clock calls past none is counted that was not over when it was last seen.
        const [seen] = await work((tx) =>
          tx.query<{ at: Date }>("select at from clock_mark where name = 'seen'"),
        );
        const known = await record(0);
        expect(known.rows.every(({ endsAt }) => Date.parse(endsAt) <= Number(seen?.at))).toBe(true);
        // An act of somebody does not settle it.
        await db().transaction(systemActor, (tx) =>
          appendAudit(tx, systemActor, {
            verb: "consultation",
            act: "look",
            purpose: "records",
            outcome: "done",
            detail: {},
          }),
        );
        expect(await upkeep(0)).toContain("Nothing is erased until");
        await db().transaction(operatorActor("somebody"), sayClockIsRight);
        expect(await upkeep(0)).toBe("erased");
      },
    );

    test("set right again by itself, nothing was lost and nobody is asked", async () => {
      await bothAhead(40 * dayMs);
      await upkeep(0);
      await bothAhead(hourMs);
      expect(await upkeep(0)).toBe("erased");
    });

    test("behind the last time it was seen at work, nothing is erased either", async () => {
      await setMark(db(), "seen", "now() + interval '40 days'");
      expect(await upkeep(0)).toContain("before Boxster was last in use");
    });

    test("in the demonstration, whose date stands still, days on which it was off say nothing", async () => {
      await bothAhead(40 * dayMs);
      await work((tx) =>
        tx.query(`insert into setting (key, value) values ('demo', '{"asAt": "2021-11-26"}')`),
      );
      const look = await lookAtClocks(db(), { ...serverAt(0).asAt, demo: true });
      expect(look.doubt).toBeNull();
    });
  });

  describe("the database alone refuses", () => {
    const asSystem = (sql: string) => db().transaction(systemActor, (tx) => tx.query(sql));
    const erasedAt = (at: string) =>
      asSystem(`update clock_mark set at = ${at} where name = 'erased'`);
    const seal = () => asSystem("update outreach_session set sealed_at = now()");

    test("to erase what lies ahead by its own clock, whatever the code asks for", async () => {
      await refusedBy("clock_mark_erased_sure", erasedAt("now() + interval '1 minute'"));
      await letTimePass(db());
      await erasedAt("now()");
      const before = await held();
      await refusedBy("outreach_session_over", seal());
      await refusedBy("outreach_session_sealed_a_week", asSystem("delete from outreach_session"));
      await refusedBy(
        "outreach_session_recorded_sure",
        asSystem("update outreach_session set recorded_until = now()"),
      );
      await asSystem("delete from occupancy");
      expect(await held()).toEqual(before);
      expect((await held("or true")).ahead).toBeGreaterThan(0);
    });

    test("to erase more than one day ends, until a person has said that the clock is right", async () => {
      await setMark(db(), "erased", "now() - interval '365 days'");
      await refusedBy("clock_mark_erased_day", erasedAt("now()"));
      expect(await upkeep(0)).toContain("More than one day’s worth is due.");
      await erasedAt("now() - interval '364 days 1 hour'");
      await expect(
        asSystem("update clock_mark set at = now() where name = 'said'"),
      ).resolves.toEqual([]);
      await refusedBy("clock_mark_erased_day", erasedAt("now()"));
      await db().transaction(operatorActor("somebody"), sayClockIsRight);
      await erasedAt("now()");
    });

    test("to take a gap of more than 3 days for granted", async () => {
      await setMark(db(), "seen", "now() - interval '73 hours'");
      const move = asSystem("update clock_mark set at = now() where name = 'seen'");
      await refusedBy("clock_mark_seen_step", move);
      await setMark(db(), "seen", "now() - interval '71 hours'");
      await asSystem("update clock_mark set at = now() where name = 'seen'");
    });
  });

  describe("what was erased", () => {
    const long = now() - 120 * dayMs;
    beforeEach(async () => {
      await store(single(dateAhead(-40), "20:00", "22:00"), long);
      await store({ ...weekly(dateAhead(-100), "19:00", "21:00"), until: dateAhead(-50) }, long);
    });
    const visits = async () => {
      const [row] = await work((tx) =>
        tx.query<{ n: number }>("select coalesce(sum(visits), 0)::int as n from kept_clear"),
      );
      return row?.n ?? 0;
    };

    test("is read by no role, and can be taken back for 7 days with all that was counted", async () => {
      const before = await record(0);
      expect(await held()).toMatchObject({ sessions: 5, recorded: 0 });
      expect(await upkeep(0)).toBe("erased");
      expect(await held()).toMatchObject({ sessions: 3 });
      expect(await visits()).toBeGreaterThan(10);
      expect((await record(0)).of).toBe(before.of);
      const read = (tx: Transaction) => tx.query("select id from outreach_session");
      const operator = operatorActor("somebody");
      expect(await db().transaction(operator, read)).toHaveLength(3);
      const byKeeper = db().transaction(systemActor, (tx) => tx.through("keeper", read));
      expect(await byKeeper).toHaveLength(3);
      expect(await takeBackErasure(serverAt(0))).toBe(2);
      expect(await held()).toMatchObject({ sessions: 5, recorded: 0 });
      expect(await visits()).toBe(0);
      expect(await record(0)).toEqual(before);
    });

    test("is gone for good after 7 days", async () => {
      expect(await upkeep(0)).toBe("erased");
      const rows = async () =>
        (await work((tx) => tx.query("select id from outreach_session"))).length;
      const age = async (hours: number) => {
        await work((tx) =>
          tx.query(`update outreach_session set sealed_at = sealed_at - interval '${hours} hours'`),
        );
        expect(await upkeep(0)).toBe("erased");
        return rows();
      };
      expect(await rows()).toBe(5);
      expect(await age(167)).toBe(5);
      expect(await age(1)).toBe(3);
    });
  });

  test("a leaving is dated by the database's clock, however far behind the server is", async () => {
    const dated = await db().transaction(
      { person: "a", role: "partner", partner: "a" },
      async (tx) => {
        await tx.query(
          `insert into leaving (partner_id, asked_by, asked_at, due_at)
         values ($1::bigint, 'a', now() - interval '40 days', now() - interval '39 days')`,
          [partnerId],
        );
        return tx.query<{ left: number }>(
          "select (extract(epoch from due_at - now()) / 3600)::float8 as left from leaving",
        );
      },
    );
    expect(dated[0]?.left).toBeGreaterThan(23.9);
  });

  test("by a clock that is behind, no calendar that was confirmed later is fresh", () => {
    const report = { state: "confirmed", at: now(), pausedUntil: null } as const;
    const then = now() - 40 * dayMs;
    const plan = { planFrom: then, planTo: then + dayMs, now: then };
    expect(isFresh(london, report, plan)).toBe(false);
  });
});
