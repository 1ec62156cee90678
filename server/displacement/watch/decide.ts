import {
  type AlertDecision,
  type AlertState,
  alertStates,
  type HandoverRole,
  mayFollow,
} from "#core/displacement/watch/acts.ts";
import type { AlertDecidedReply } from "#core/displacement/wire/alerts.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { decideAlert, insertAlertAct, loadAlerts } from "#server/displacement/queries/alerts.ts";
import { namesBeyond } from "#server/displacement/watch/read-alerts.ts";
import { agreementInForce } from "#server/neighbours/agreements.ts";
import { handOver } from "#server/neighbours/handovers.ts";
import type { Handover } from "#server/neighbours/queries/handovers.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

type DecideServices = Pick<ActServices, "db" | "asAt" | "addDetail">;

export interface Decision {
  readonly id: number;
  readonly decision: AlertDecision;
  readonly words: string;
  readonly handed?: { readonly neighbour: string; readonly role: HandoverRole };
}

/** What a person decides about an alert, with the line of its history, in one transaction. */
export async function decide(
  services: DecideServices,
  actor: Actor,
  { id, decision, words, handed }: Decision,
): Promise<AlertDecidedReply> {
  const { db, asAt, addDetail } = services;
  addDetail({ alert: id });
  if (handed) await refuseUnknownNeighbour(services, handed.neighbour);
  return db.transaction(actor, async (tx) => {
    const from = alertStates.filter((state) => mayFollow(state, decision));
    const isDone = await decideAlert(tx, id, { state: decision, from, handed: handed ?? null });
    if (!isDone) throw await whyNot(tx, id, asAt.date());
    await insertAlertAct(tx, {
      alertId: id,
      act: decision,
      on: asAt.date(),
      at: asAt.now(),
      by: actor.person,
      words,
      neighbour: handed?.neighbour ?? null,
      role: handed?.role ?? null,
      ...{ firstDay: null, lastDay: null, observed: null, expected: null, p: null },
    });
    const handover = handed ? await cross(tx, services, actor, { id, ...handed }) : null;
    if (handover !== null) addDetail({ handover: handover.id, period: handover.period });
    return { id, state: decision, handover: handover?.id ?? null };
  });
}

/**
 * With an agreement in force the neighbour's liaison is to read of it as well, once another person has said that
 * their outreach was told: the month alone, in standing words; what is typed here stays here. Nothing crosses of an alert
 * that lies elsewhere, nor of one that partners' reports are part of: those stay home. Without an agreement it is
 * handed over outside of the tool.
 */
async function cross(
  tx: Transaction,
  services: DecideServices,
  actor: Actor,
  { id, neighbour }: { readonly id: number; readonly neighbour: string },
): Promise<Handover | null> {
  const asAt = services.asAt.date();
  if ((await agreementInForce(tx, neighbour, asAt)) === null) return null;
  const alert = (await loadAlerts(tx, asAt)).find((one) => one.id === id);
  if (!alert || alert.neighbour !== neighbour || alert.residents < alert.observed) return null;
  return handOver(tx, services, { ...alert, neighbour }, actor.person);
}

async function refuseUnknownNeighbour(
  services: Pick<ActServices, "db">,
  neighbour: string,
): Promise<void> {
  const { edgeZones } = await placesOf(services);
  const names = namesBeyond(edgeZones);
  if (names.includes(neighbour)) return;
  throw new Problem(
    422,
    "No such neighbour",
    `"${neighbour}" is not a neighbour of this area. Neighbours: ${names.join("; ")}.`,
  );
}

const stateWords: Readonly<Record<AlertState, string>> = {
  open: "is open",
  acknowledged: "has been acknowledged",
  handed_over: "has been handed over",
  closed: "has been closed",
};

async function whyNot(tx: Transaction, id: number, asAt: string): Promise<Problem> {
  const alert = (await loadAlerts(tx, asAt)).find((one) => one.id === id);
  if (!alert) return new Problem(404, "No such alert", `There is no alert ${id}.`);
  return new Problem(
    409,
    "Already changed",
    `Alert ${id} ${stateWords[alert.state]} since you opened it. Refresh before you continue.`,
  );
}
