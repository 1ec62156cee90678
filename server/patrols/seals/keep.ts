import { readDemand } from "#core/patrols/demand/demand-reports.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { knownFolds, observedIn } from "#core/patrols/forecast/reports.ts";
import { cellsOf, outcomeOf, sealOf } from "#core/patrols/seals/content.ts";
import { readOutcome, readSeal } from "#core/patrols/seals/record.ts";
import type { OutcomeContent, SealContent, SealEntry } from "#core/patrols/wire/forecast-seals.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import type { UnknownMonth } from "#core/records/unknown-months.ts";
import {
  addDays,
  dayMs,
  hourMs,
  minuteMs,
  parseLocal,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import {
  type Database,
  databaseBehind,
  systemActor,
  type Transaction,
} from "#server/db/database.ts";
import { loadSeals, type NewEntry, storeAudited } from "#server/patrols/seals/store.ts";
import { placesOf } from "#server/places/places.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

/** Corrections later than this are not scored: events past their age go. */
const scoredDays = 364;
/** A week is scored once it has been over for so long and a record of a later day is in. */
const waitDays = 7;

/** The Monday after this day. */
export function nextMonday(date: string): string {
  const weekday = (new Date(parseLocalDate(date)).getUTCDay() + 6) % 7;
  return addDays(date, 7 - weekday);
}

/** From Friday 06:00, by the server alone: whoever plans cannot choose the moment. */
export function sealOpens(week: string, zone: Zone): number {
  return zone.toInstant(parseLocal(`${addDays(week, -3)}T06:00`), "earlier");
}

/** Before Monday begins anywhere, as the database has it. */
const sealCloses = (week: string) => parseLocalDate(week) - 14 * hourMs;

const seen = new WeakMap<Database, string>();

/** Seals the coming week, and scores those whose records are in or were corrected. Does nothing in a demonstration. */
export async function keepSeals(services: Pick<Services, "db" | "zone" | "asAt">): Promise<void> {
  const { zone, asAt } = services;
  if (asAt.demo) return;
  const db = databaseBehind(services.db);
  const { cells, offsets, targets } = (await placesOf({ db })).command;
  const now = asAt.now();
  const week = nextMonday(zone.dateOf(now));
  const isOpen = now >= sealOpens(week, zone) && now < sealCloses(week);
  const work = { events: true, retries: 5 };
  const { key, sealed } = await db.transaction(
    systemActor,
    async (tx) => {
      const key = `${zone.dateOf(now)} ${isOpen} ${await eventsVersion(tx)}`;
      if (seen.get(db) === key) return { key, sealed: [] };
      const known = await readKnown(tx, zone, zone.startOfDate(zone.dateOf(now)));
      const kept = await loadSeals(tx);
      await storeAudited(tx, outcomesDue(kept, known, now));
      const isDue = isOpen && !kept.some((one) => one.kind === "seal" && one.week >= week);
      const study = { cells, offsets, targets };
      const isKnown = isDue && known.columns.length > 0;
      return { key, sealed: isKnown ? [makeSeal(known, { study, week, at: now })] : [] };
    },
    work,
  );
  // Apart: where the database's clock refuses the seal, what came is scored all the same.
  await db.transaction(systemActor, (tx) => storeAudited(tx, sealed), work);
  seen.set(db, key);
}

/** All that was known at the start of a local day. */
interface Known {
  readonly zone: Zone;
  readonly asAt: number;
  readonly columns: EventColumns;
  readonly unknown: readonly UnknownMonth[];
}

export async function readKnown(tx: Transaction, zone: Zone, asAt: number): Promise<Known> {
  const from = asAt - demandDefaults.historyDays * dayMs;
  return {
    zone,
    asAt,
    columns: await loadDemandColumns(tx, { from, before: asAt }),
    unknown: await loadUnknownMonths(tx, zone, reportedKinds),
  };
}

export function makeSeal(
  known: Known,
  given: { readonly study: Neighbourhood; readonly week: string; readonly at: number },
): NewEntry & { readonly content: SealContent } {
  const { study, week, at } = given;
  const reports = readDemand(known.columns, { ...known, study });
  return { kind: "seal", at, content: sealOf(reports, { ...known, study, week }) };
}

function outcomesDue(kept: readonly SealEntry[], known: Known, now: number): NewEntry[] {
  const { zone, asAt } = known;
  const today = zone.dateOf(asAt);
  const due = kept.filter(
    ({ kind, week }) =>
      kind === "seal" && addDays(week, 7 + waitDays) <= today && addDays(week, scoredDays) >= today,
  );
  return due.flatMap(({ week, content }) => {
    const outcome = makeOutcome(known, readSeal(content));
    const last = kept.findLast((one) => one.kind === "outcome" && one.week === week);
    const isNew = outcome !== null && (!last || differs(readOutcome(last.content), outcome));
    return isNew ? [{ kind: "outcome" as const, at: now, content: outcome }] : [];
  });
}

/** Null while its records are not in, or where its month is unknown. */
export function makeOutcome(known: Known, seal: SealContent): OutcomeContent | null {
  const { zone, asAt, columns, unknown } = known;
  const fold = {
    start: zone.startOfDate(seal.week),
    end: zone.startOfDate(addDays(seal.week, 7)),
  };
  const isIn = columns.end.some((end) => end * minuteMs > fold.end && end * minuteMs <= asAt);
  if (!isIn || knownFolds([fold], { unknown }).length === 0) return null;
  // The cells that were sealed, whatever the boundaries are since.
  const cells = cellsOf(seal);
  const none = { offsets: new Uint32Array(), targets: new Uint32Array() };
  const reports = readDemand(columns, { ...known, study: { cells, ...none } });
  const came = observedIn(reports, cells.length, fold);
  return outcomeOf(seal, { asAt: zone.dateOf(asAt), came });
}

const differs = (one: OutcomeContent, other: OutcomeContent) =>
  one.came.join() !== other.came.join();
