import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createZone, dayMs, hourMs } from "#core/time/zone.ts";
import { type Config, readConfig } from "#server/config.ts";
import { sayClockIsRight } from "#server/db/clock.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { openDatabase } from "#server/db/open.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { keptClearRecord } from "#server/protected-time/past-visits.ts";
import { storeSession } from "#server/protected-time/sessions.ts";
import { partnerWithPlace, single, weekly } from "#tests/support/outreach.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

/**
 * SAFEGUARDS 14: a whole server started with a clock that is wrong, for five seconds, on each engine. On a PostgreSQL
 * server the database's clock is right all the while; the embedded engine's is wrong with it.
 */
const shift = fileURLToPath(new URL("../../support/shifted-clock.mjs", import.meta.url));
const london = createZone("Europe/London");
const wrongBy = [
  ["an hour ahead", hourMs],
  ["40 days ahead", 40 * dayMs],
  ["3 years ahead", 3 * 365 * dayMs],
  ["an hour behind", -hourMs],
  ["40 days behind", -40 * dayMs],
  ["3 years behind", -3 * 365 * dayMs],
] as const;

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "boxster-clock-"));
  folders.push(folder);
  return folder;
};

async function inDatabase<Value>(
  config: Config,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const db = await openDatabase(config, () => undefined);
  try {
    return await db.transaction(ownerActor, work);
  } finally {
    await db.close();
  }
}

/** A visit in thirty days, one of last week, and a session every week. */
async function fill(tx: Transaction): Promise<string> {
  const now = Date.now();
  const on = (days: number) => london.dateOf(now + days * dayMs);
  const since = now - 60 * dayMs;
  const { partnerId, place } = await partnerWithPlace(tx, { name: "A", now: since });
  const rules = [
    single(on(30), "20:00", "22:00"),
    single(on(-8), "20:00", "22:00"),
    // Never today: whether that is over would go by the hour at which this runs.
    weekly(on(-48), "19:00", "21:00"),
  ];
  for (const rule of rules) {
    const id = await storeSession(
      tx,
      { zone: london, now: since },
      { partnerId, placeId: place.id, rule },
    );
    await closeSessions(tx, { zone: london, now: since }, { ids: [id], announce: false });
  }
  await tx.query(
    `insert into audit (person, role, verb, act, purpose, outcome) values ('a', 'partner', 'alteration', 'save', 'safeguarding', 'done')`,
  );
  return partnerId;
}

/** Everything that is closed from now on, and what the partner's record says. */
async function heldNow(tx: Transaction, partnerId: string) {
  const [row] = await tx.query<{ sessions: number; ahead: number }>(
    `select
       (select count(*)::int from outreach_session where sealed_at is null) as sessions,
       (select count(*)::int from occupancy
        where kind = 'protected' and upper(during) > now() and upper(during) < now() + interval '25 weeks') as ahead`,
  );
  const { kept, of } = await keptClearRecord(tx, { zone: london, now: Date.now() }, partnerId);
  return { ...row, kept, of };
}

async function serveFor(
  settings: Readonly<Record<string, string>>,
  ms: number,
  seconds: number,
): Promise<readonly string[]> {
  const server = await serveInProcess({
    ...settings,
    NODE_OPTIONS: `--import=${shift}`,
    BOXSTER_TEST_CLOCK_MS: String(ms),
  });
  await wait(seconds * 1_000);
  await server.stop();
  return server.said();
}

function settingsFor(url: string | undefined): Readonly<Record<string, string>> {
  const own = { BOXSTER_DATA: newFolder(), BOXSTER_DEMO: "0" };
  return url === undefined ? own : { ...own, DATABASE_URL: url };
}

/** An hour ahead is no gap in the embedded engine's own clock, and nothing became due in it. */
function isTold(engine: string, ms: number): boolean {
  return engine === "postgres" || ms < 0 || ms > hourMs;
}

/**
 * A server on PostgreSQL works on by itself, without a person. The embedded engine was at work an hour ahead of now: it
 * erases nothing before that hour, or before a person says that the clock is right.
 */
async function setRight(
  engine: "postgres" | "embedded",
  config: Config,
  serveRight: () => Promise<string>,
): Promise<void> {
  if (engine === "postgres") return;
  expect(await serveRight()).toContain("before Boxster was last in use");
  await inDatabase(config, sayClockIsRight);
}

describe.each(["postgres", "embedded"] as const)("on the engine %s", (engine) => {
  test("a server with a wrong clock loses and miscounts nothing, and says why", async ({
    skip,
  }) => {
    const cluster = engine === "postgres" ? await createCluster() : null;
    if (cluster && "reason" in cluster) return skip(cluster.reason);
    const settings = settingsFor(cluster?.url);
    const config = readConfig(settings);
    try {
      const partnerId = await inDatabase(config, fill);
      const look = () => inDatabase(config, (tx) => heldNow(tx, partnerId));
      await serveFor(settings, 0, 2);
      const before = await look();
      expect(before).toMatchObject({ sessions: 3, kept: 8, of: 8 });
      for (const [name, ms] of wrongBy) {
        const said = (await serveFor(settings, ms, 5)).join("\n");
        expect(await look(), `${engine}, ${name}`).toEqual(before);
        if (isTold(engine, ms)) expect(said, name).toContain("Nothing is erased until");
        console.log(`${engine}, ${name}: ${said.split("\n").at(-1) ?? ""}`);
      }
      const serveRight = async () => (await serveFor(settings, 0, 2)).join("\n");
      await setRight(engine, config, serveRight);
      expect(await serveRight()).not.toContain("Nothing is erased");
      expect(await look()).toEqual(before);
    } finally {
      cluster?.drop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  }, 1_800_000);
});
