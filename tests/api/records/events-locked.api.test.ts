import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { savedPlace } from "#core/protected-time/wire/outreach.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openPostgres, type PostgresOptions } from "#server/db/postgres.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { type OpenedDatabase, openFilled } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import { suggestThrough } from "#tests/support/plan-database.ts";

const never = () => new Promise<never>(() => undefined);

/** The embedded engine has one connection, and nobody beside it who could lock. */
describe.skipIf(!process.env["TEST_DATABASE_URL"])("while somebody holds a lock on event", () => {
  let test_: OpenedDatabase;
  let other: pg.Client;
  const opened: { db: Database; app: TestApp }[] = [];
  beforeAll(async () => {
    test_ = await openFilled("postgres", fillDemo);
    other = new pg.Client({ connectionString: test_.url ?? "" });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    for (const { app, db } of opened) {
      await app.close();
      await db.close();
    }
    await test_.drop();
  });
  const openApp = async (options?: PostgresOptions) => {
    const db = openPostgres(test_.url ?? "", options);
    const app = await openTestApp(db);
    opened.push({ db, app });
    return { db, app };
  };
  const lock = () => other.query("begin; lock table event in access exclusive mode");
  const unlock = async () => {
    await other.query("rollback");
  };
  /** How many sessions wait for the table. */
  const untilWaiting = async (wanted: number) => {
    for (;;) {
      const { rows } = await other.query<{ n: number }>(
        "select count(*)::int as n from pg_locks where relation = 'event'::regclass and not granted",
      );
      if ((rows[0]?.n ?? 0) >= wanted) return;
      await wait(20);
    }
  };

  test("reads of events take all but two connections: outreach is saved and a plan is read beside them", async () => {
    const { app } = await openApp();
    const [partner, sergeant, analyst] = [
      await app.as("partner", "a"),
      await app.as("sergeant"),
      await app.as("analyst"),
    ];
    const { plan } = await suggestThrough(sergeant, { days: 1 });
    await lock();
    let reads: Promise<{ statusCode: number }[]>;
    try {
      const urls = Array.from({ length: 10 }, (_, day) => [
        "/api/events",
        `/api/hotspots?from=2021-10-0${(day % 9) + 1}&to=2021-11-26`,
        `/api/hotspots?from=2021-09-0${(day % 9) + 1}&to=2021-11-26`,
      ]).flat();
      reads = Promise.all(urls.map((url) => analyst.get(url)));
      await untilWaiting(8);

      const place = await partner.send("POST", "/api/outreach/places", {
        label: "By the tree",
        ...circleAt(corner),
      });
      expect(place.statusCode, place.body).toBe(200);
      const session = await partner.send("POST", "/api/outreach/sessions", {
        placeId: savedPlace.parse(place.json()).id,
        rule: { repeats: "once", firstDate: "2021-11-30", start: "20:00", end: "22:00" },
      });
      expect(session.statusCode, session.body).toBe(200);
      for (const [caller, url] of [
        [sergeant, "/api/plans?from=2021-11-29&days=7"],
        [sergeant, `/api/plans/${plan.id}/changes`],
        [sergeant, "/api/keep-clear?from=2021-11-26T00:00:00Z&to=2021-12-10T00:00:00Z"],
        [partner, "/api/outreach/sessions"],
        [app.stranger, "/readyz"],
      ] as const) {
        const reply = await caller.get(url);
        expect(reply.statusCode, `${url}: ${reply.body.slice(0, 200)}`).toBe(200);
      }
    } finally {
      await unlock();
    }
    // Whoever waited in the line is answered after it.
    expect(new Set((await reads).map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  });

  test("a read that waits too long says that the database is busy, and its connection goes on", async () => {
    const { app, db } = await openApp({ timeouts: { statement: 20, lock: 1, idle: 20 } });
    const analyst = await app.as("analyst");
    await lock();
    const reply = await analyst.get("/api/events");
    await unlock();
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({
      title: "The database is busy",
      detail: expect.stringContaining("Nothing was saved."),
    });
    expect((await analyst.get("/api/events")).statusCode).toBe(200);
    const bounds = await db.transaction(ownerActor, (tx) =>
      tx.query(
        `select current_setting('statement_timeout') as statement,
                current_setting('lock_timeout') as lock,
                current_setting('idle_in_transaction_session_timeout') as idle`,
      ),
    );
    expect(bounds).toEqual([{ statement: "20s", lock: "1s", idle: "20s" }]);
  });

  test("one that does not say that it works with events waits too, but a single one at a time", async () => {
    const { db } = await openApp();
    const read = (options = {}) =>
      db.transaction(ownerActor, (tx) => tx.query("select from event limit 0"), options);
    await lock();
    try {
      const said = Promise.all(Array.from({ length: 8 }, () => read({ events: true })));
      await untilWaiting(8);
      const silent = [read(), read()];
      // Whichever came second; the other one waits.
      const refusals = silent.map((one) => one.then(never, (error: unknown) => error));
      await db.transaction(ownerActor, (tx) => tx.query("select 1"));
      expect(await Promise.race(refusals)).toMatchObject({
        status: 503,
        title: "Too many people are loading records",
      });
      await unlock();
      await said;
      const ended = await Promise.allSettled(silent);
      expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    } finally {
      await unlock();
    }
  });

  test("a transaction that stands still too long is ended by the server, and says so", async () => {
    const { db } = await openApp({ timeouts: { statement: 20, lock: 20, idle: 1 } });
    const stood = db.transaction(ownerActor, async (tx) => {
      await tx.query("select 1");
      await wait(1_500);
      await tx.query("select 1");
    });
    const long = db.transaction(
      ownerActor,
      async (tx) => {
        await tx.query("select 1");
        await wait(1_500);
        return tx.query("select 1 as one");
      },
      { long: true },
    );
    await expect(stood).rejects.toMatchObject({ code: "25P03" });
    expect(await long).toEqual([{ one: 1 }]);
  });
});
