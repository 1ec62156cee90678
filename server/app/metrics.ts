import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { lastLineOfPolice } from "#server/accounts/audit/read.ts";
import type { Services } from "#server/acts/services.ts";
import { listenFault } from "#server/cli/before-start.mjs";
import { CommandError } from "#server/cli/command.ts";
import { systemActor } from "#server/db/database.ts";
import {
  counter,
  gauge,
  type Metric,
  metricsType,
  writeMetrics,
} from "#server/http/metrics-text.ts";
import type { RequestCounts } from "#server/http/request-counts.ts";
import { importsSoFar } from "#server/records/import/run-import.ts";
import type { TallyCount } from "#server/tally.ts";
import { ownVersion } from "#server/version.ts";

/** A database that has not answered by then counts as down. */
const patienceMs = 3_000;

/**
 * This process's metrics in Prometheus' text format: counts, seconds and queue lengths, never a
 * name, a place, a person or a query, and nothing that changes with a partner's actions. Only the
 * age of police's last line in the audit chain comes from the database.
 */
export function createMetrics(services: Services, counts: RequestCounts): () => Promise<string> {
  // While the database hangs, all scrapes wait for one query.
  let asked: Promise<Metric[]> | null = null;
  const ask = () => {
    asked ??= askDatabase(services).finally(() => {
      asked = null;
    });
    return asked;
  };
  return async () =>
    writeMetrics([
      ...counts.metrics(),
      ...loadMetrics(services),
      ...(await Promise.race([ask(), wait(patienceMs, [isUp(false)], { ref: false })])),
      ...processMetrics(),
    ]);
}

function loadMetrics({ db, solver }: Services): Metric[] {
  const { open, idle, waiting, eventsWaiting } = db.load();
  const plans = solver.load();
  const planning = solver.pending() - plans.running;
  const imports = importsSoFar();
  return [
    gauge("boxster_pool_open", "Connections to the database.", open),
    gauge("boxster_pool_idle", "Connections that nobody uses.", idle),
    gauge("boxster_pool_waiting", "Transactions that wait for a connection.", waiting),
    gauge("boxster_events_waiting", "Transactions that wait to work with events.", eventsWaiting),
    ...workMetrics("boxster_plans", "plans; failed counts cancelled ones too", plans),
    gauge("boxster_plans_waiting", "Plans that wait for the planner.", planning),
    ...workMetrics("boxster_imports", "imports; trials are among them", imports),
    counter("boxster_imports_rows_total", "Rows read by imports that ended.", imports.rows),
  ];
}

function workMetrics(name: string, what: string, tally: TallyCount): Metric[] {
  const { running, done, failed, seconds } = tally;
  return [
    gauge(`${name}_running`, `In progress: ${what}.`, running),
    {
      ...counter(`${name}_total`, `Ended, by outcome: ${what}.`, 0),
      samples: [
        { labels: { outcome: "done" }, value: done },
        { labels: { outcome: "failed" }, value: failed },
      ],
    },
    counter(`${name}_seconds_total`, `Seconds of all that ended: ${what}.`, seconds),
  ];
}

async function askDatabase({ db }: Services): Promise<Metric[]> {
  try {
    const at = await db.transaction(systemActor, (tx) => tx.through("clerk", lastLineOfPolice));
    if (at === null) return [isUp(true)];
    // Never negative, even after the clock was set back.
    const age = Math.max(0, Date.now() - at) / 1000;
    const help = "Seconds since police left their last line in the audit chain.";
    return [isUp(true), gauge("boxster_audit_head_age_seconds", help, age)];
  } catch {
    return [isUp(false)];
  }
}

function isUp(answers: boolean): Metric {
  return gauge("boxster_database_up", "1 where the database answers, else 0.", Number(answers));
}

/** The names that every client library of Prometheus uses, so that ready boards show them. */
function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const startedAt = Date.now() / 1000 - process.uptime();
  return [
    counter("process_cpu_seconds_total", "Processor seconds.", (user + system) / 1e6),
    gauge("process_resident_memory_bytes", "Resident memory.", rss),
    gauge("process_start_time_seconds", "Start, in seconds since 1970.", startedAt),
    gauge("nodejs_heap_size_used_bytes", "Memory of JavaScript in use.", heapUsed),
    {
      ...gauge("boxster_info", "The version that runs.", 1),
      samples: [{ labels: { version: ownVersion() }, value: 1 }],
    },
  ];
}

/** Only `GET /metrics`, on a port of its own that no proxy exposes. */
export async function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  metrics: () => Promise<string>,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const patience = { requestTimeout: 10_000, headersTimeout: 5_000 };
  const server = createServer(patience, ({ url, method }, reply) => {
    const answer = (status: number, body: string) => {
      reply.writeHead(status, { "content-type": metricsType, "cache-control": "no-store" });
      reply.end(method === "HEAD" ? "" : body);
    };
    if (url !== "/metrics") answer(404, "Only /metrics is here.\n");
    else if (method !== "GET" && method !== "HEAD") answer(405, "Only GET.\n");
    else
      metrics().then(
        (body) => answer(200, body),
        () => answer(500, "The metrics could not be read.\n"),
      );
  });
  server.maxConnections = 20;
  try {
    await once(server.listen(port, host), "listening");
  } catch (error) {
    const why = listenFault((error as NodeJS.ErrnoException).code, host, port)
      .replace(/\bHOST\b/, "BOXSTER_METRICS_HOST")
      .replace(/\bPORT\b/, "BOXSTER_METRICS_PORT");
    throw new CommandError(why, { cause: error });
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
