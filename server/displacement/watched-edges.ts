import { isOurs } from "#core/displacement/watch/acts.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { type EdgeAlert, watchedEdgeCells } from "#core/patrols/plan/watch.ts";
import { addDays } from "#core/time/zone.ts";
import { type Database, databaseBehind, type Transaction } from "#server/db/database.ts";
import { type AssessmentAct, assess } from "#server/displacement/assess.ts";
import { loadOperations } from "#server/displacement/operations/store.ts";
import { latestLooks, loadAlerts } from "#server/displacement/watch/store.ts";
import type { WatchedEdges } from "#server/patrols/services.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";

/** Edges are watched for four weeks after the last day. */
const daysAfterEnd = 28;

interface Held {
  readonly key: string;
  readonly places: Places;
  readonly risen: ReadonlySet<string>;
}

const held = new WeakMap<Database, Held>();

/**
 * Edge zones where an operation's assessment found a rise (SAFEGUARDS 11), computed once a day and
 * after an import, since it reads every event of an operation; and those with an open alert. An
 * alert handed over is the neighbour's, whose outreach goes first.
 */
export const watchedEdges: WatchedEdges = async (services, actor) => {
  const { db, asAt } = services;
  const { operations, version, alerts } = await db.transaction(actor, async (tx) => ({
    operations: await loadOperations(tx, asAt.date()),
    version: await eventsVersion(tx),
    alerts: await edgeAlerts(tx, asAt.date()),
  }));
  // An operation long over says nothing about an edge today.
  const recent = operations.filter(
    ({ endsOn }) => endsOn === null || addDays(endsOn, daysAfterEnd) >= asAt.date(),
  );
  const revisions = operations.map(({ id, revision }) => [id, revision]);
  const key = JSON.stringify([asAt.date(), version, revisions]);
  const database = databaseBehind(db);
  const places = await placesOf(services);
  const known = held.get(database);
  const isKnown = known?.key === key && known.places === places;
  const names = recent.map(({ name }) => name);
  const risen = isKnown ? known.risen : await risenIn({ ...services, actor }, names);
  held.set(database, { key, places, risen });
  const { edgeZones, command } = places;
  const isOwn = (cell: H3Cell) => command.indexOf.has(cell);
  return watchedEdgeCells({ edgeZones, risen, alerts, isOwn });
};

async function edgeAlerts(tx: Transaction, asAt: string): Promise<EdgeAlert[]> {
  const looks = await latestLooks(tx, asAt);
  return (await loadAlerts(tx, asAt)).flatMap((alert) => {
    const { neighbour, state, cells, raisedOn: since } = alert;
    const goesOn = alert.seenAt >= (looks.get(alert.operationId)?.at ?? 0);
    return neighbour !== null && isOurs(state) && goesOn ? [{ neighbour, cells, since }] : [];
  });
}

async function risenIn(act: AssessmentAct, operations: readonly string[]): Promise<Set<string>> {
  // The assessments' reads belong to the suggestion, whose own audit line covers them.
  const silent = { ...act, addDetail: () => undefined };
  const risen = new Set<string>();
  for (const operation of operations) {
    try {
      const { reply } = await assess(silent, { operation });
      for (const { neighbour, verdict } of reply.edges)
        if (verdict === "rise") risen.add(neighbour);
    } catch (error) {
      // An operation that cannot be assessed raises no alert; its own page gives the reason.
      if (!(error instanceof Problem && error.status === 422)) throw error;
    }
  }
  return risen;
}
