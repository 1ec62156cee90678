import { isOpen } from "#core/displacement/watch/acts.ts";
import { alertSentence, lookSentence, watchNote } from "#core/displacement/watch/sentence.ts";
import { isRarest, recurrenceYears, watchSettings } from "#core/displacement/watch/settings.ts";
import type * as wire from "#core/displacement/wire/alerts.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import {
  type AlertActRow,
  loadAlertActs,
  loadAlerts,
  type StoredAlert,
} from "#server/displacement/queries/alerts.ts";
import { loadOperations, type StoredOperation } from "#server/displacement/queries/operations.ts";
import { latestLooks, type StoredLook } from "#server/displacement/queries/watch-looks.ts";
import { isRunning, questionHash } from "#server/displacement/watch/keep-look.ts";
import { placesOf } from "#server/places/places.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";

type ReadServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** Every alert with its history, and when each operation was last looked at and with what answer. */
export async function readAlerts(services: ReadServices, actor: Actor): Promise<wire.AlertsReply> {
  const { db, zone } = services;
  const asAt = services.asAt.date();
  const { edgeZones } = await placesOf({ db });
  const read = await db.transaction(actor, async (tx) => {
    const found = {
      operations: await loadOperations(tx, asAt),
      version: await eventsVersion(tx),
      looks: await latestLooks(tx, asAt),
      alerts: await loadAlerts(tx, asAt),
      acts: await loadAlertActs(tx, asAt),
    };
    services.addDetail({ alerts: found.alerts.length });
    return found;
  });
  const lookOf = new Map(read.looks.map((look) => [look.operationId, look]));
  const nameOf = new Map(read.operations.map(({ id, name }) => [id, name]));
  const alerts = read.alerts.flatMap((alert): wire.AlertReply[] => {
    const operation = nameOf.get(alert.operationId);
    if (operation === undefined) return [];
    const history = read.acts.filter(({ alertId }) => alertId === alert.id);
    const look = lookOf.get(alert.operationId);
    return [alertReplyOf({ zone, edgeZones, alert, operation, history, look })];
  });
  return {
    asAt,
    open: alerts.filter(({ state }) => isOpen(state)).length,
    operations: read.operations.map((operation) =>
      watchedReply(operation, lookOf.get(operation.id), { zone, asAt, version: read.version }),
    ),
    alerts,
    neighbours: namesBeyond(edgeZones),
    method: watchNote(watchSettings),
  };
}

/** To whom an alert can be handed over: the other half of the own command is nobody else. */
export function namesBeyond(edgeZones: readonly EdgeZone[]): string[] {
  return edgeZones.filter(({ isInternal }) => !isInternal).map(({ neighbour }) => neighbour);
}

function watchedReply(
  operation: StoredOperation,
  look: StoredLook | undefined,
  { zone, asAt, version }: { readonly zone: Zone; readonly asAt: string; readonly version: string },
): wire.WatchedOperation {
  const running = isRunning(operation, asAt);
  const isSeen =
    look?.asAt === asAt &&
    look.eventsVersion === version &&
    look.question === questionHash(operation, watchSettings);
  return {
    operation: operation.name,
    treated: operation.cells,
    isRunning: running,
    isBehind: running && !isSeen,
    look: look
      ? {
          asAt: look.asAt,
          at: formatInstant(zone, look.at),
          answer: look.answer,
          sentence: lookSentence(look, watchSettings),
          reports: look.reports,
          strongestP: look.strongestP,
          level: look.level,
          looksPerYear: look.looksPerYear,
          falseAlertsPerYear: look.level * look.looksPerYear,
          replicates: look.replicates,
          seed: look.seed,
        }
      : null,
  };
}

function alertReplyOf(given: {
  readonly zone: Zone;
  readonly edgeZones: readonly EdgeZone[];
  readonly alert: StoredAlert;
  readonly operation: string;
  readonly history: readonly AlertActRow[];
  readonly look: StoredLook | undefined;
}): wire.AlertReply {
  const { zone, alert, operation, history, look } = given;
  const { id, state, place, neighbour, beyond, residents, replicates, seed, radiusMetres } = alert;
  const isInternal = given.edgeZones.some(
    (edge) => edge.neighbour === neighbour && edge.isInternal,
  );
  const { handedNeighbour, handedRole } = alert;
  return {
    ...{ id, operation, state, place, neighbour, isInternal, beyond, residents },
    ...figuresOf(alert),
    sentence: alertSentence({ ...alert, isInternal }),
    recurrenceYears: recurrenceYears(alert.p, alert.looksPerYear),
    isRarest: isRarest(alert.p, replicates),
    ...{ replicates, seed, radiusMetres },
    cells: alert.cells.map((cell, at) => ({ cell, reports: alert.cellReports[at] ?? 0 })),
    raisedOn: alert.raisedOn,
    seenOn: alert.seenOn,
    seenAt: formatInstant(zone, alert.seenAt),
    goesOn: look !== undefined && alert.seenAt >= look.at,
    handedTo:
      handedNeighbour === null || handedRole === null
        ? null
        : { neighbour: handedNeighbour, role: handedRole },
    history: history.map((act) => actReplyOf(zone, act)),
  };
}

function actReplyOf(zone: Zone, row: AlertActRow): wire.AlertActReply {
  const { act, on, by, words, neighbour, role } = row;
  const { firstDay, lastDay, observed, expected, p } = row;
  const isSeen =
    firstDay !== null && lastDay !== null && observed !== null && expected !== null && p !== null;
  return {
    ...{ act, on, by, words, neighbour, role },
    at: formatInstant(zone, row.at),
    figures: isSeen ? figuresOf({ firstDay, lastDay, observed, expected, p }) : null,
  };
}

function figuresOf(
  seen: Pick<StoredAlert, "firstDay" | "lastDay" | "observed" | "expected" | "p">,
) {
  const { firstDay, lastDay, observed, expected, p } = seen;
  return { firstDay, lastDay, observed, expected, ratio: observed / expected, p };
}
