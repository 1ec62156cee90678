import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import type { ClosedStretch } from "#core/patrols/window.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { stretchesOfPlan } from "#server/protected-time/protected-stretches.ts";

export interface PlanSpan {
  readonly zone: Zone;
  readonly now: number;
  /** The plan's dates. */
  readonly planFrom: number;
  readonly planTo: number;
  /** Where its last shift ends, with what its last stops reach. */
  readonly until: number;
  /** Takes up the partners whose footprints are in the answer. */
  readonly seen: Set<string>;
}

/** Protected time of a plan, as agreeing judges it. */
export async function closedStretches(tx: Transaction, span: PlanSpan): Promise<ClosedStretch[]> {
  const { until, ...plan } = span;
  if (plan.planFrom >= until) return [];
  return stretchesOfPlan(tx, { ...plan, from: plan.planFrom, to: until });
}

export async function closedTime(tx: Transaction, span: PlanSpan): Promise<ClosedTime> {
  return createClosedTime(await closedStretches(tx, span));
}
