import { setTimeout as wait } from "node:timers/promises";
import { lastLineOfPolice } from "#server/accounts/audit/read.ts";
import { passwordLoad } from "#server/accounts/password-hash.ts";
import { pushesFailed } from "#server/accounts/push/tell.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { counter, gauge, type Metric, writeMetrics } from "#server/http/metrics-text.ts";
import type { RequestCounts } from "#server/http/request-counts.ts";
import { openScreens } from "#server/live/live.ts";
import { eventsFilesMade } from "#server/records/events-file.ts";
import { importsSoFar } from "#server/records/import/counts.ts";
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
      ...linesOf(services),
      ...solverMetrics(services),
      ...importMetrics(services),
      gauge(
        "boxster_live_screens",
        "Open screens that hear of changes, without those of partners.",
        await openScreens(services),
      ),
      ...eventsFileMetrics(services),
      counter(
        "boxster_push_failures_total",
        "Messages that no push service took.",
        pushesFailed(services),
      ),
      ...(await Promise.race([ask(), wait(patienceMs, [isUp(false)], { ref: false })])),
      ...processMetrics(),
    ]);
}

function linesOf({ db }: Services): Metric[] {
  const { open, idle, waiting, events } = db.load();
  const passwords = passwordLoad();
  return [
    gauge("boxster_pool_open", "Connections to the database.", open),
    gauge("boxster_pool_idle", "Connections that nobody uses.", idle),
    gauge("boxster_pool_waiting", "Transactions that wait for a connection.", waiting),
    gauge("boxster_events_running", "Transactions that work with events.", events.running),
    gauge(
      "boxster_events_waiting",
      "Transactions that wait for a turn with events.",
      events.waiting,
    ),
    gauge("boxster_passwords_running", "Passwords that are being checked.", passwords.running),
    gauge("boxster_passwords_waiting", "Passwords that wait to be checked.", passwords.waiting),
  ];
}

function solverMetrics({ solver }: Services): Metric[] {
  const load = solver.load();
  return [
    gauge("boxster_plans_running", "Plans in progress.", load.running),
    gauge("boxster_plans_waiting", "Plans that wait for the planner.", load.waiting),
    ended("boxster_plans", "Plans that ended, by outcome; failed counts cancelled ones too.", load),
    counter("boxster_plans_seconds_total", "Seconds of the planner.", load.seconds),
  ];
}

function importMetrics({ db }: Services): Metric[] {
  const imports = importsSoFar(db);
  return [
    gauge("boxster_imports_running", "Files that are being imported.", imports.running),
    ended("boxster_imports", "Imports that ended, by outcome; trials are among them.", imports),
    counter("boxster_imports_rows_total", "Rows read by imports that ended.", imports.rows),
    counter("boxster_imports_seconds_total", "Seconds of imports.", imports.seconds),
  ];
}

function eventsFileMetrics({ db }: Services): Metric[] {
  const made = eventsFilesMade(db);
  return [
    ended("boxster_events_files", "How often the files of events were made, by outcome.", made),
    counter("boxster_events_files_seconds_total", "Seconds of making them.", made.seconds),
  ];
}

function ended(name: string, help: string, { done, failed }: TallyCount): Metric {
  return {
    name: `${name}_total`,
    help,
    type: "counter",
    samples: [
      { labels: { outcome: "done" }, value: done },
      { labels: { outcome: "failed" }, value: failed },
    ],
  };
}

async function askDatabase({ db }: Services): Promise<Metric[]> {
  try {
    const at = await db.transaction(systemActor, (tx) => tx.through("clerk", lastLineOfPolice));
    if (at === null) return [isUp(true)];
    // Never negative, even after the clock was set back.
    const age = Math.max(0, Date.now() - at) / 1000;
    return [
      isUp(true),
      gauge(
        "boxster_audit_head_age_seconds",
        "Seconds since police left their last line in the audit chain.",
        age,
      ),
    ];
  } catch {
    return [isUp(false)];
  }
}

function isUp(answers: boolean): Metric {
  return gauge("boxster_database_up", "1 where the database answers, else 0.", answers ? 1 : 0);
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
      name: "boxster_info",
      help: "The version that runs.",
      type: "gauge",
      samples: [{ labels: { version: ownVersion() }, value: 1 }],
    },
  ];
}
