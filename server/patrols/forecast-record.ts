import { Worker } from "node:worker_threads";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { PlanReports } from "#core/patrols/plan.ts";
import type { ForecastRecordReply } from "#core/patrols/wire/forecast-choice.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import type { Actor } from "#core/role.ts";
import { dayMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Database, databaseBehind, withOptions } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export interface RecordWork extends Omit<PlanReports, "choice"> {
  readonly timeZone: string;
}

const held = new WeakMap<
  Database,
  { readonly key: string; readonly record: ForecastRecordReply }
>();
const turns = new WeakMap<Database, Promise<unknown>>();

/**
 * How each choice did on the months before: worked out once a day and after an import. One after the other, so that many who
 * ask, and changes meanwhile, take one thread and no more.
 */
export function forecastRecord(
  services: RecordServices,
  actor: Actor,
  workOut: (work: RecordWork) => Promise<ForecastRecordReply> = recordInThread,
): Promise<ForecastRecordReply> {
  const database = databaseBehind(services.db);
  const ask = () => askRecord(services, actor, workOut);
  const record = (turns.get(database) ?? Promise.resolve()).then(ask, ask);
  turns.set(database, record);
  return record;
}

type RecordServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

async function askRecord(
  services: RecordServices,
  actor: Actor,
  workOut: (work: RecordWork) => Promise<ForecastRecordReply>,
): Promise<ForecastRecordReply> {
  const { zone, asAt, addDetail } = services;
  const { cells, offsets, targets } = (await placesOf(services)).command;
  const before = zone.startOfDate(asAt.date());
  const database = databaseBehind(services.db);
  const reading = withOptions(services.db, { events: true });
  addDetail({ asAt: asAt.date() });
  const found = await reading.transaction(actor, async (tx) => {
    const key = `${before} ${cells.length} ${await readableEventsVersion(tx)}`;
    const known = held.get(database);
    if (known?.key === key) return { record: known.record };
    const from = before - demandDefaults.historyDays * dayMs;
    const unknown = await loadUnknownMonths(tx, zone, reportedKinds);
    return { key, columns: await loadDemandColumns(tx, { from, before }), unknown };
  });
  if ("record" in found) return found.record;
  const { key, columns, unknown } = found;
  const study = { cells, offsets, targets };
  const record = await workOut({ columns, asAt: before, study, unknown, timeZone: zone.name });
  held.set(database, { key, record });
  return record;
}

export function recordInThread(work: RecordWork): Promise<ForecastRecordReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./record-thread.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
    // After an answer nobody listens to the second word.
    worker.once("exit", () => reject(new Error("The backtest's thread ended without an answer")));
  });
}
