import { createHash } from "node:crypto";
import { followCluster } from "#core/displacement/watch/follow.ts";
import type { LookResult, WatchedCluster } from "#core/displacement/watch/look.ts";
import { clusterPlace } from "#core/displacement/watch/sentence.ts";
import { watchSettings } from "#core/displacement/watch/settings.ts";
import { addDays } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { type Database, systemActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { StoredOperation } from "#server/displacement/operations/store.ts";
import * as store from "#server/displacement/watch/store.ts";
import type { Places } from "#server/places/places.ts";

export interface LookKept {
  readonly operation: string;
  readonly look: store.StoredLook;
  readonly raised: readonly number[];
  readonly updated: readonly number[];
}

interface LookToKeep {
  readonly operation: StoredOperation;
  readonly places: Pick<Places, "edgeZones" | "nameOf">;
  readonly look: store.StoredLook;
  readonly result: LookResult;
}

/** Advisory lock: looks are written one at a time. */
const lockNumber = 7_330;

/** All or nothing; nothing when another process was first. */
export function keepLook(db: Database, job: LookToKeep): Promise<LookKept> {
  const { operation, look } = job;
  return db.transaction(
    systemActor,
    async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(${lockNumber}::bigint)`);
      const kept = { operation: operation.name, look, raised: [], updated: [] };
      if (!(await store.insertLook(tx, look))) return kept;
      const alerts = await store.alertsOfOperation(tx, operation.id, look.asAt);
      return { ...kept, ...(await follow(tx, job, alerts)) };
    },
    { retries: 5 },
  );
}

/** A cluster raises an alert, updates one, or belongs to one already handed over or closed. */
async function follow(
  tx: Transaction,
  job: LookToKeep,
  alerts: readonly store.StoredAlert[],
): Promise<Pick<LookKept, "raised" | "updated">> {
  const { clusters, holding } = job.result;
  const raised: number[] = [];
  const updated = new Set<number>();
  for (const cluster of holding ? [...clusters, holding] : clusters) {
    const seen = seenCluster(job, cluster);
    const following = followCluster(seen, alerts);
    if (following.is === "decided") {
      await store.touchAlert(tx, following.id, seen);
    } else if (following.is === "new") {
      if (cluster === holding) continue;
      const id = await store.insertAlert(tx, seen);
      await noteSeen(tx, id, "raised", seen);
      raised.push(id);
    } else if (!updated.has(following.id)) {
      await store.updateAlert(tx, following.id, seen);
      const before = alerts.find(({ id }) => id === following.id);
      if (isNews(seen, before)) await noteSeen(tx, following.id, "seen_again", seen);
      updated.add(following.id);
    }
  }
  return { raised, updated: [...updated] };
}

/** A later last day alone is no news: it advances with every look. */
const isNews = (seen: store.SeenCluster, before: store.StoredAlert | undefined) =>
  seen.observed !== before?.observed || seen.neighbour !== before.neighbour;

function seenCluster(job: LookToKeep, cluster: WatchedCluster): store.SeenCluster {
  const { look, places } = job;
  const { observed, residents, expected, p, radiusMetres } = cluster;
  const { operationId, looksPerYear, replicates, seed } = look;
  const dateOf = (day: number) => addDays(look.asAt, day - watchSettings.days);
  return {
    operationId,
    looksPerYear,
    replicates,
    seed,
    seenOn: look.asAt,
    seenAt: look.at,
    ...clusterPlace(cluster.cells, places.edgeZones, places.nameOf),
    observed,
    residents,
    expected,
    p,
    radiusMetres,
    firstDay: dateOf(cluster.firstDay),
    lastDay: dateOf(cluster.lastDay),
    cells: cluster.cells.map(({ cell }) => cell),
    cellReports: cluster.cells.map(({ reports }) => reports),
  };
}

const actWords = { raised: "raise an alert", seen_again: "bring an alert up to date" } as const;

async function noteSeen(
  tx: Transaction,
  alertId: number,
  act: keyof typeof actWords,
  seen: store.SeenCluster,
): Promise<void> {
  const { firstDay, lastDay, observed, expected, p } = seen;
  await store.insertAlertAct(tx, {
    alertId,
    act,
    on: seen.seenOn,
    at: seen.seenAt,
    by: systemActor.person,
    firstDay,
    lastDay,
    observed,
    expected,
    p,
  });
  await appendAudit(tx, systemActor, {
    verb: "alteration",
    act: actWords[act],
    purpose: "assessment",
    outcome: "done",
    detail: { alert: alertId, operation: seen.operationId, events: observed },
  });
}

/** Equal for equal cells and settings, so the look need not be repeated. */
export function questionHash({ cells }: StoredOperation): string {
  const content = JSON.stringify([cells, watchSettings]);
  return createHash("sha256").update(content).digest("base64url");
}

export function isSeen(
  look: store.StoredLook | undefined,
  operation: StoredOperation,
  now: { readonly asAt: string; readonly version: string },
): boolean {
  return (
    look?.asAt === now.asAt &&
    look.eventsVersion === now.version &&
    look.question === questionHash(operation)
  );
}

export function isRunning({ startsOn, endsOn }: StoredOperation, asAt: string): boolean {
  return startsOn <= asAt && (endsOn === null || endsOn >= asAt);
}
