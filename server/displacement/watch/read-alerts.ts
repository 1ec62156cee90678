import { isOpen } from "#core/displacement/watch/acts.ts";
import { alertSentence, lookSentence, watchNote } from "#core/displacement/watch/sentence.ts";
import { isRarest, recurrenceYears } from "#core/displacement/watch/settings.ts";
import type * as wire from "#core/displacement/wire/alerts.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { loadOperations } from "#server/displacement/operations/store.ts";
import { isRunning, isSeen } from "#server/displacement/watch/keep-look.ts";
import {
  latestLooks,
  loadAlertActs,
  loadAlerts,
  type StoredAlert,
  type StoredLook,
} from "#server/displacement/watch/store.ts";
import { placesOf } from "#server/places/places.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";

export async function readAlerts(act: Act): Promise<wire.AlertsReply> {
  const { zone } = act;
  const asAt = act.asAt.date();
  const { edgeZones } = await placesOf(act);
  return act.db.transaction(act.actor, async (tx) => {
    const operations = await loadOperations(tx, asAt);
    const version = await eventsVersion(tx);
    const looks = await latestLooks(tx, asAt);
    const stored = await loadAlerts(tx, asAt);
    const historyOf = await loadAlertActs(tx, asAt);
    act.addDetail({ alerts: stored.length });
    const nameOf = new Map(operations.map(({ id, name }) => [id, name]));
    const alerts = stored.flatMap((alert): wire.AlertReply[] => {
      const operation = nameOf.get(alert.operationId);
      if (operation === undefined) return [];
      const look = looks.get(alert.operationId);
      const reply = alertReplyOf(alert, { zone, edgeZones, look });
      return [{ ...reply, operation, history: historyOf(alert.id) }];
    });
    return {
      asAt,
      open: alerts.filter(({ state }) => isOpen(state)).length,
      operations: operations.map((operation) => {
        const look = looks.get(operation.id);
        const running = isRunning(operation, asAt);
        return {
          operation: operation.name,
          treated: operation.cells,
          isRunning: running,
          isBehind: running && !isSeen(look, operation, { asAt, version }),
          look: look ? lookReplyOf(zone, look) : null,
        };
      }),
      alerts,
      neighbours: namesBeyond(edgeZones),
      method: watchNote(),
    };
  });
}

/** Possible recipients, without edges inside the command. */
export function namesBeyond(edgeZones: readonly EdgeZone[]): string[] {
  return edgeZones.filter(({ isInternal }) => !isInternal).map(({ neighbour }) => neighbour);
}

function lookReplyOf(zone: Zone, look: StoredLook): wire.WatchedOperation["look"] {
  const { asAt, at, answer, reports, strongestP, level, looksPerYear, replicates, seed } = look;
  return {
    asAt,
    at: formatInstant(zone, at),
    answer,
    sentence: lookSentence(look),
    reports,
    strongestP,
    level,
    looksPerYear,
    falseAlertsPerYear: level * looksPerYear,
    replicates,
    seed,
  };
}

function alertReplyOf(
  alert: StoredAlert,
  {
    zone,
    edgeZones,
    look,
  }: {
    readonly zone: Zone;
    readonly edgeZones: readonly EdgeZone[];
    readonly look: StoredLook | undefined;
  },
): Omit<wire.AlertReply, "operation" | "history"> {
  const { operationId: _, looksPerYear, cells, cellReports, handed, seenAt, ...seen } = alert;
  const isInternal = edgeZones.some(
    (edge) => edge.neighbour === alert.neighbour && edge.isInternal,
  );
  return {
    ...seen,
    isInternal,
    ratio: alert.observed / alert.expected,
    sentence: alertSentence({ ...alert, isInternal }),
    recurrenceYears: recurrenceYears(alert.p, looksPerYear),
    isRarest: isRarest(alert.p, alert.replicates),
    cells: cells.map((cell, at) => ({ cell, reports: cellReports[at] ?? 0 })),
    seenAt: formatInstant(zone, seenAt),
    goesOn: look !== undefined && seenAt >= look.at,
    handedTo: handed,
  };
}
