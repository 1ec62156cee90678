import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { call } from "#core/contract/call.ts";
import { createApp } from "#server/app/app.ts";
import { allRoutes } from "#server/app/routes.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { serve } from "#server/http/route.ts";
import {
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  type Spread,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";

const clients = 50;
const rounds = 20;
/** 50 people who each ask once a second, first the one and then the other: more than any of them does. */
const everyMs = 1_000;
const statement = "select count(*)::int as count from area";

/** A signed-in, audited read beside the same statement asked by nobody on a bare connection. */
export async function benchEdge({ say }: BenchContext): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const engine of engines) {
    say(`Edge: ${clients} people, ${engine}...`);
    const { db, url, drop } = await openTestDatabase(engine);
    try {
      lines.push(await benchEngine(db, url));
    } finally {
      await drop();
    }
  }
  return lines;
}

async function benchEngine(db: Database, url: string | null): Promise<BenchLine> {
  await db.transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
  const services = await testServices(db);
  const pool = url === null ? null : new pg.Pool({ connectionString: url, max: 10 });
  const bare = serve(call("GET /api/bench/bare", {}), {
    summary: "The statement alone",
    audience: "public",
    audit: { none: "for the benchmark" },
    handle: async () => {
      // The embedded engine has no connection beside that of its transactions.
      if (pool) return (await pool.query(statement)).rows;
      return db.transaction(ownerActor, (tx) => tx.query(statement));
    },
  });
  const whole = serve(call("GET /api/bench/whole", {}), {
    summary: "The statement under session, role and audit",
    audience: ["sergeant"],
    audit: { verb: "consultation", act: "benchmark", purpose: "administration" },
    handle: (context) => context.db.transaction(context.actor, (tx) => tx.query(statement)),
  });
  const app = await createApp(services, {
    routes: [...allRoutes, bare, whole],
    // One browser means all 50 here.
    limits: { persons: 1_000_000, strangers: 1_000_000 },
  });
  const cookie = await signIn(app);
  try {
    const [without, withAll] = await measure(app, cookie);
    const added = withAll.median - without.median;
    return {
      work: `session, role and audit of a request, ${clients} people, ${db.engine}`,
      measured: `${milliseconds(added)} added at the median, ${milliseconds(withAll.p95 - without.p95)} at p95`,
      beside: `${milliseconds(without.median)} for the statement alone`,
      ratio: (withAll.median / without.median).toFixed(1),
      figure: notAsked(added, "ms"),
    };
  } finally {
    await app.close();
    await pool?.end();
    await services.solver.close();
  }
}

async function signIn(app: FastifyInstance): Promise<string> {
  const reply = await app.inject({
    method: "POST",
    url: "/api/session",
    payload: { role: "sergeant" },
  });
  return reply.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Times of calls that come evenly spread; both kinds by turns, so that what else runs meets both alike. */
async function measure(app: FastifyInstance, cookie: string): Promise<[Spread, Spread]> {
  const bare: number[] = [];
  const whole: number[] = [];
  const time = async (url: string, headers: Record<string, string>, times: number[]) => {
    const from = performance.now();
    const reply = await app.inject({ url, headers });
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`);
    times.push(performance.now() - from);
  };
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      await wait((client * everyMs) / clients);
      for (let round = 0; round < rounds; round += 1) {
        await time("/api/bench/bare", {}, bare);
        await wait(everyMs / 2);
        await time("/api/bench/whole", { cookie }, whole);
        await wait(everyMs / 2);
      }
    }),
  );
  // The first round warms up.
  return [spreadOf(bare.slice(clients)), spreadOf(whole.slice(clients))];
}

function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
