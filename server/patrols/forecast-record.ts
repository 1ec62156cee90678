import { Worker } from "node:worker_threads";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { PlanReports } from "#core/patrols/plan.ts";
import type { ForecastRecordReply } from "#core/patrols/wire/forecast-choice.ts";
import type { Actor } from "#core/role.ts";
import { dayMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Database, databaseBehind, withOptions } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";

export interface RecordWork extends Omit<PlanReports, "choice"> {
  readonly timeZone: string;
}

interface Held {
  readonly key: string;
  readonly record: Promise<ForecastRecordReply>;
}

const held = new WeakMap<Database, Held>();

/** How each choice did on the months before. Worked out once a day and after an import, in a thread; whoever asks meanwhile waits for the same. */
export async function forecastRecord(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
): Promise<ForecastRecordReply> {
  const { zone, asAt, addDetail } = services;
  const { cells, offsets, targets } = (await placesOf(services)).command;
  const before = zone.startOfDate(asAt.date());
  const database = databaseBehind(services.db);
  const reading = withOptions(services.db, { events: true });
  const known = await reading.transaction(actor, async (tx): Promise<Held> => {
    addDetail({ asAt: asAt.date() });
    const key = `${before} ${cells.length} ${await eventsVersion(tx)}`;
    const last = held.get(database);
    if (last?.key === key) return last;
    const from = before - demandDefaults.historyDays * dayMs;
    const columns = await loadDemandColumns(tx, { from, before });
    const study = { cells, offsets, targets };
    const record = inThread({ columns, asAt: before, study, timeZone: zone.name });
    const made = { key, record };
    held.set(database, made);
    record.catch(() => {
      if (held.get(database) === made) held.delete(database);
    });
    return made;
  });
  return known.record;
}

function inThread(work: RecordWork): Promise<ForecastRecordReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./record-thread.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
    // After an answer nobody listens to the second word.
    worker.once("exit", () => reject(new Error("The backtest's thread ended without an answer")));
  });
}
