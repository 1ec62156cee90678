import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, ownerActor } from "#server/db/database.ts";
import { liveHub } from "#server/live/live.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type LiveServer, listenLive, type OpenScreen } from "#tests/support/live.ts";
import { addPartners, placeBy } from "#tests/support/partner-care.ts";

const asked = 2_000;
/** Of four screens each: police, the partner that goes out, another partner, the coordinator. */
const browsers = { sergeant: 6, own: 3, other: 2, coordinator: 2 };

onOneEngine("fifty open screens", ({ db, engine }) => {
  let test_: TestApp;
  let server: LiveServer;
  let placeId = "";
  const cookies = new Map<keyof typeof browsers, string[]>();
  beforeAll(async () => {
    test_ = await openTestApp(db());
    server = await listenLive(test_.app);
    await addPartners(test_, { a: "North Van", b: "Harbour" });
    const partner = await test_.as("partner", "a");
    placeId = (await placeBy(partner)).id;
    const signIn = {
      sergeant: () => server.signIn("sergeant"),
      own: () => server.signIn("partner", "a"),
      other: () => server.signIn("partner", "b"),
      coordinator: () => server.signIn("coordinator"),
    };
    for (const who of ["sergeant", "own", "other", "coordinator"] as const) {
      const made: string[] = [];
      for (let count = 0; count < browsers[who]; count += 1) made.push(await signIn[who]());
      cookies.set(who, made);
    }
  });
  afterAll(() => test_.close());

  /** Four screens of each browser. */
  const openAll = async (query = "") => {
    const opened = new Map<keyof typeof browsers, OpenScreen[]>();
    for (const [who, made] of cookies) {
      const four = made.flatMap((cookie) => [cookie, cookie, cookie, cookie]);
      opened.set(who, await Promise.all(four.map((cookie) => server.open(cookie, query))));
    }
    const of = (who: keyof typeof browsers) => opened.get(who) ?? [];
    return { of, all: [...opened.values()].flat() };
  };
  /** Answers when it was saved. */
  // Each time an hour longer, so that police are shown it.
  let hours = 1;
  const outNow = async () => {
    const caller = await test_.as("partner", "a");
    const reply = await caller.send("POST", "/api/outreach/out-now", { placeId, hours: hours++ });
    expect(reply.statusCode, reply.body).toBe(200);
    return performance.now();
  };
  const listeners = async () => (await liveHub(test_.services)).listeners().length;

  test("all learn of a late session within two seconds, each of its own, and leave nothing behind", async () => {
    const { of, all } = await openAll();
    expect(all.length).toBeGreaterThanOrEqual(50);
    expect(await listeners()).toBe(all.length);
    const held = await connectionsOf(db(), engine);
    const saved = await outNow();
    await Promise.all([
      ...of("sergeant").flatMap((one) => [one.until("notices"), one.until("keep_clear")]),
      ...of("own").flatMap((one) => [one.until("sessions"), one.until("told")]),
    ]);
    expect(performance.now() - saved).toBeLessThan(asked);
    await wait(300);
    for (const screen of [...of("other"), ...of("coordinator")]) expect(screen.looks).toEqual([]);
    // However many listen, it is one question to the database and one connection that hears.
    expect(await connectionsOf(db(), engine)).toBeLessThanOrEqual(held + 2);
    for (const screen of all) screen.close();
    await expect.poll(listeners, { timeout: 5_000 }).toBe(0);
  });

  test("after a restart each comes back under its own sign-in and is told to look at all that is its own", async () => {
    const { all } = await openAll();
    const since = Date.now();
    await test_.close();
    await Promise.all(all.map((screen) => screen.untilOver()));
    await expect.poll(() => listening(db(), engine), { timeout: 5_000 }).toBe(0);

    test_ = await openTestApp(db());
    server = await listenLive(test_.app);
    const back = await openAll(`?since=${since}`);
    await Promise.all([
      ...back.of("sergeant").map((one) => one.until("keep_clear")),
      ...back.of("own").map((one) => one.until("sessions")),
      ...back.of("other").map((one) => one.until("sessions")),
      ...back.of("coordinator").map((one) => one.until("partners")),
    ]);
    const heard = new Map(back.all.map((screen) => [screen, screen.looks.length]));
    const saved = await outNow();
    await Promise.all(back.of("sergeant").map((one) => one.until("notices", heard.get(one))));
    expect(performance.now() - saved).toBeLessThan(asked);
    for (const screen of back.all) screen.close();
    await expect.poll(listeners, { timeout: 5_000 }).toBe(0);
    if (engine === "postgres") expect(await listening(db(), engine)).toBe(1);
  });
});

/** Connections to the test's own database. */
function connectionsOf(db: Database, engine: string): Promise<number> {
  return countOf(db, engine, "true");
}

/** Those whose last statement began to listen. */
function listening(db: Database, engine: string): Promise<number> {
  return countOf(db, engine, "query ilike 'listen %'");
}

async function countOf(db: Database, engine: string, which: string): Promise<number> {
  if (engine !== "postgres") return 0;
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ count: number }>(
      `select count(*)::int as "count"
       from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()
         and backend_type = 'client backend' and ${which}`,
    ),
  );
  return row?.count ?? -1;
}
