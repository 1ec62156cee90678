import { Worker } from "node:worker_threads";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { type ChosenForecast, choiceWords } from "#core/patrols/forecast/choice.ts";
import type { PlanReports } from "#core/patrols/plan.ts";
import * as wire from "#core/patrols/wire/forecast-choice.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import {
  type Database,
  databaseBehind,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { readableEventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

const key = "forecast-choice";

/** Null until somebody has chosen, or where this version has no such choice: Plan then uses the average of methods. */
export async function readChosen(tx: Transaction): Promise<wire.ForecastChoiceReply["chosen"]> {
  return wire.forecastChoiceReply.shape.chosen.catch(null).parse(await readSetting(tx, key));
}

/** What a plan that is made now keeps of it: nobody's name. */
export async function chosenNow(tx: Transaction): Promise<ChosenForecast | null> {
  const chosen = await readChosen(tx);
  return chosen && { choice: chosen.choice, chosenOn: chosen.chosenOn };
}

/** For the plans that are made from now on; who may is a right of the table. */
export function chooseForecast(
  { db, actor, asAt, addDetail }: Act,
  { choice, instead }: wire.ForecastChoiceBody,
): Promise<wire.ForecastChoiceReply> {
  addDetail({ choice });
  return db.transaction(actor, async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('forecast-choice'))`);
    const before = await readChosen(tx);
    const inUse = before?.choice ?? "forecast";
    // Who wants what stands by now has nothing to decide again.
    if (inUse !== instead && inUse !== choice) {
      const by = before ? `${before.chosenBy} chose meanwhile` : "Meanwhile in use";
      throw new Problem(
        409,
        "Somebody else chose first",
        `${by}: ${choiceWords(inUse)}. Nothing was changed. To use yours, choose it again.`,
      );
    }
    const chosen = { choice, chosenOn: asAt.date(), chosenBy: actor.person };
    await writeSetting(tx, key, chosen);
    return { chosen };
  });
}

export interface RecordWork extends Omit<PlanReports, "choice"> {
  readonly timeZone: string;
}

const held = new WeakMap<
  Database,
  { readonly key: string; readonly record: wire.ForecastRecordReply }
>();
const turns = new WeakMap<Database, Promise<unknown>>();

/**
 * How each choice did on the months before: worked out once a day and after an import. One after the other, so that many who
 * ask, and changes meanwhile, take one thread and no more.
 */
export function forecastRecord(
  act: Act,
  workOut: (work: RecordWork) => Promise<wire.ForecastRecordReply> = recordInThread,
): Promise<wire.ForecastRecordReply> {
  const database = databaseBehind(act.db);
  const ask = () => askRecord(act, workOut);
  const record = (turns.get(database) ?? Promise.resolve()).then(ask, ask);
  turns.set(database, record);
  return record;
}

async function askRecord(
  act: Act,
  workOut: (work: RecordWork) => Promise<wire.ForecastRecordReply>,
): Promise<wire.ForecastRecordReply> {
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

export function recordInThread(work: RecordWork): Promise<wire.ForecastRecordReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./record-thread.ts", import.meta.url), { workerData: work });
    worker.once("message", resolve);
    worker.once("error", reject);
    // After an answer nobody listens to the second word.
    worker.once("exit", () => reject(new Error("The backtest's thread ended without an answer")));
  });
}
