import {
  type AlertDecision,
  type AlertState,
  alertStates,
  mayFollow,
} from "#core/displacement/watch/acts.ts";
import type { AlertDecidedReply } from "#core/displacement/wire/alerts.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { namesBeyond } from "#server/displacement/watch/read-alerts.ts";
import {
  decideAlert,
  findAlert,
  insertAlertAct,
  type StoredAlert,
} from "#server/displacement/watch/store.ts";
import { agreementInForce } from "#server/neighbours/agreements.ts";
import { type Handover, handOver } from "#server/neighbours/handovers.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export async function decide(
  act: Act,
  id: number,
  decision: AlertDecision,
  {
    words,
    handed,
  }: { readonly words: string; readonly handed?: NonNullable<StoredAlert["handed"]> },
): Promise<AlertDecidedReply> {
  const { db, actor, asAt, addDetail } = act;
  addDetail({ alert: id });
  if (handed) await refuseUnknownNeighbour(act, handed.neighbour);
  const whom = handed ? { handed } : {};
  return db.transaction(actor, async (tx) => {
    const from = alertStates.filter((state) => mayFollow(state, decision));
    const isDone = await decideAlert(tx, id, { state: decision, from, ...whom });
    if (!isDone) throw await whyNot(tx, id, asAt.date());
    await insertAlertAct(tx, {
      alertId: id,
      act: decision,
      words,
      ...whom,
      on: asAt.date(),
      at: asAt.now(),
      by: actor.person,
    });
    const handover = handed ? await cross(tx, act, id, handed.neighbour) : null;
    if (handover !== null) addDetail({ handover: handover.id, period: handover.period });
    return { id, state: decision, handover: handover?.id ?? null };
  });
}

/**
 * Under an agreement in force the neighbour's liaison may read it too, once another person has
 * confirmed that their outreach was told: the month only, in fixed wording; text typed here stays
 * here. Nothing crosses for an alert elsewhere, or one based partly on partners' reports. Without
 * an agreement it is handed over outside the tool.
 */
async function cross(
  tx: Transaction,
  act: Act,
  id: number,
  neighbour: string,
): Promise<Handover | null> {
  const asAt = act.asAt.date();
  if ((await agreementInForce(tx, neighbour, asAt)) === null) return null;
  const alert = await findAlert(tx, id, asAt);
  if (!alert || alert.neighbour !== neighbour || alert.residents < alert.observed) return null;
  return handOver(tx, act, { ...alert, neighbour });
}

async function refuseUnknownNeighbour(act: Act, neighbour: string): Promise<void> {
  const { edgeZones } = await placesOf(act);
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
  const alert = await findAlert(tx, id, asAt);
  if (!alert) return new Problem(404, "No such alert", `There is no alert ${id}.`);
  return new Problem(
    409,
    "Already changed",
    `Alert ${id} ${stateWords[alert.state]} since you opened it. Refresh before you continue.`,
  );
}
