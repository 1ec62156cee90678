import { Worker } from "node:worker_threads";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { PlanReports } from "#core/patrols/plan/plan.ts";
import type { ForecastRecordReply } from "#core/patrols/wire/forecast-seals.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { type Database, databaseBehind, withOptions } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

export interface RecordWork extends PlanReports {
  readonly timeZone: string;
}

const held = new WeakMap<
  Database,
  { readonly key: string; readonly record: ForecastRecordReply }
>();
const turns = new WeakMap<Database, Promise<unknown>>();

/**
 * How the forecast did on the months before: worked out once a day and after an import. One after the other, so that many who
 * ask, and changes meanwhile, take one thread and no more.
 */
export function readForecastRecord(
  act: Act,
  workOut: (work: RecordWork) => Promise<ForecastRecordReply> = recordInThread,
): Promise<ForecastRecordReply> {
  const database = databaseBehind(act.db);
  const ask = () => askRecord(act, workOut);
  const record = (turns.get(database) ?? Promise.resolve()).then(ask, ask);
  turns.set(database, record);
  return record;
}

async function askRecord(
  act: Act,
  workOut: (work: RecordWork) => Promise<ForecastRecordReply>,
): Promise<ForecastRecordReply> {
  const { zone, asAt } = act;
  const { cells, offsets, targets } = (await placesOf(act)).command;
  const before = zone.startOfDate(asAt.date());
  const database = databaseBehind(act.db);
  const reading = withOptions(act.db, { events: true });
  act.addDetail({ asAt: asAt.date() });
  const found = await reading.transaction(act.actor, async (tx) => {
    const version = `${before} ${cells.length} ${await readableEventsVersion(tx)}`;
    const known = held.get(database);
    if (known?.key === version) return { record: known.record };
    const from = before - demandDefaults.historyDays * dayMs;
    const unknown = await loadUnknownMonths(tx, zone, reportedKinds);
    return { version, columns: await loadDemandColumns(tx, { from, before }), unknown };
  });
  if ("record" in found) return found.record;
  const { version, ...reports } = found;
  const study = { cells, offsets, targets };
  const record = await workOut({ ...reports, asAt: before, study, timeZone: zone.name });
  held.set(database, { key: version, record });
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
