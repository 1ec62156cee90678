import { type ClosedTime, createClosedTime } from "#core/patrol/closed-time.ts";
import type { ClosedStretch } from "#core/patrol/window.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { protectedStretches } from "#server/outreach/protected-stretches.ts";

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

/**
 * Protected time of a plan. What lies after its last midnight is asked for separately, so that a last
 * shift over midnight does not make a fresh calendar look a day older.
 */
export async function closedStretches(tx: Transaction, span: PlanSpan): Promise<ClosedStretch[]> {
  const { zone, now, planFrom, planTo, until, seen } = span;
  const to = Math.min(planTo, until);
  if (planFrom >= to) return [];
  const within = await protectedStretches(tx, { zone, now, from: planFrom, to, seen });
  if (until <= planTo) return within;
  const after = await protectedStretches(tx, { zone, now, from: planTo, to: until, seen });
  return [...within, ...after];
}

export async function closedTime(tx: Transaction, span: PlanSpan): Promise<ClosedTime> {
  return createClosedTime(await closedStretches(tx, span));
}
