import { createHash } from "node:crypto";
import type { AlertAct } from "#core/displacement/watch/acts.ts";
import { followCluster } from "#core/displacement/watch/follow.ts";
import type { LookResult, WatchedCluster } from "#core/displacement/watch/look.ts";
import { clusterPlace } from "#core/displacement/watch/sentence.ts";
import type { WatchSettings } from "#core/displacement/watch/settings.ts";
import { addDays } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { type Database, systemActor, type Transaction } from "#server/db/database.ts";
import * as sql from "#server/displacement/queries/alerts.ts";
import type { StoredOperation } from "#server/displacement/queries/operations.ts";
import { insertLook, lockWatch, type NewLook } from "#server/displacement/queries/watch-looks.ts";
import type { Places } from "#server/places/places.ts";

export interface LookKept {
  readonly operation: string;
  readonly look: NewLook;
  /** Numbers of the alerts that were raised by it, and of those that it brought up to date. */
  readonly raised: readonly number[];
  readonly updated: readonly number[];
}

export interface LookToKeep {
  readonly operation: StoredOperation;
  readonly places: Pick<Places, "edgeZones" | "nameOf">;
  readonly look: NewLook;
  readonly result: LookResult;
  readonly settings: WatchSettings;
}

/** The look and what comes of it, whole or not at all; nothing where another process was first. */
export function keepLook(db: Database, job: LookToKeep): Promise<LookKept> {
  const { operation, look } = job;
  return db.transaction(
    systemActor,
    async (tx) => {
      await lockWatch(tx);
      const kept = { operation: operation.name, look, raised: [], updated: [] };
      if (!(await insertLook(tx, look))) return kept;
      const alerts = (await sql.loadAlerts(tx, look.asAt)).filter(
        (alert) => alert.operationId === operation.id,
      );
      return { ...kept, ...(await follow(tx, job, alerts)) };
    },
    { retries: 5 },
  );
}

/** Each cluster raises an alert, brings one up to date, or is one that was handed over or closed. */
async function follow(
  tx: Transaction,
  job: LookToKeep,
  alerts: readonly sql.StoredAlert[],
): Promise<Pick<LookKept, "raised" | "updated">> {
  const { clusters, holding } = job.result;
  const raised: number[] = [];
  const updated = new Set<number>();
  for (const cluster of holding ? [...clusters, holding] : clusters) {
    const seen = seenCluster(job, cluster);
    const following = followCluster(seen, alerts, job.settings);
    if (following.is === "decided") {
      await sql.touchAlert(tx, following.id, seen);
    } else if (following.is === "new") {
      if (cluster !== holding) raised.push(await raise(tx, seen));
    } else if (!updated.has(following.id)) {
      const before = alerts.find(({ id }) => id === following.id);
      await bringUpToDate(tx, seen, before);
      updated.add(following.id);
    }
  }
  return { raised, updated: [...updated] };
}

function seenCluster(job: LookToKeep, cluster: WatchedCluster): sql.SeenCluster {
  const { look, places, settings } = job;
  const dateOf = (day: number) => addDays(look.asAt, day - settings.days);
  return {
    operationId: look.operationId,
    ...clusterPlace(cluster.cells, places.edgeZones, places.nameOf),
    firstDay: dateOf(cluster.firstDay),
    lastDay: dateOf(cluster.lastDay),
    observed: cluster.observed,
    residents: cluster.residents,
    expected: cluster.expected,
    p: cluster.p,
    looksPerYear: look.looksPerYear,
    replicates: look.replicates,
    seed: look.seed,
    radiusMetres: cluster.radiusMetres,
    cells: cluster.cells.map(({ cell }) => cell),
    cellReports: cluster.cells.map(({ reports }) => reports),
    seenOn: look.asAt,
    seenAt: look.at,
  };
}

async function raise(tx: Transaction, seen: sql.SeenCluster): Promise<number> {
  const id = await sql.insertAlert(tx, seen);
  await noteSeen(tx, id, "raised", seen);
  return id;
}

async function bringUpToDate(
  tx: Transaction,
  seen: sql.SeenCluster,
  before: sql.StoredAlert | undefined,
): Promise<void> {
  if (before === undefined) throw new Error("An alert disappeared while it was being updated");
  await sql.updateAlert(tx, before.id, seen);
  // The last day moves on with every look: that alone is no news.
  const isNews = seen.observed !== before.observed || seen.neighbour !== before.neighbour;
  if (isNews) await noteSeen(tx, before.id, "seen_again", seen);
}

const actWords: Readonly<Record<"raised" | "seen_again", string>> = {
  raised: "raise an alert",
  seen_again: "bring an alert up to date",
};

async function noteSeen(
  tx: Transaction,
  alertId: number,
  act: Extract<AlertAct, "raised" | "seen_again">,
  seen: sql.SeenCluster,
): Promise<void> {
  const { firstDay, lastDay, observed, expected, p } = seen;
  await sql.insertAlertAct(tx, {
    alertId,
    act,
    on: seen.seenOn,
    at: seen.seenAt,
    by: systemActor.person,
    ...{ words: null, neighbour: null, role: null },
    ...{ firstDay, lastDay, observed, expected, p },
  });
  await appendAudit(tx, systemActor, {
    verb: "alteration",
    act: actWords[act],
    purpose: "assessment",
    outcome: "done",
    detail: { alert: alertId, operation: seen.operationId, events: observed },
  });
}

/** Equal for equal cells and settings: what was asked of these reports is then the same. */
export function questionHash({ cells }: StoredOperation, settings: WatchSettings): string {
  const content = JSON.stringify([cells, settings]);
  return createHash("sha256").update(content).digest("base64url");
}

export function isRunning({ startsOn, endsOn }: StoredOperation, asAt: string): boolean {
  return startsOn <= asAt && (endsOn === null || endsOn >= asAt);
}

/** The date as a number: the same for every look of a day, and another one the day after. */
export function seedOf(asAt: string): number {
  return Number(asAt.replaceAll("-", ""));
}
