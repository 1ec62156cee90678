import type { Patrol } from "#client/patrols/living-week.ts";
import { isStanding } from "#client/patrols/plan-words.ts";
import { openCheck, type PlanReply, type WindowReply } from "#core/patrols/wire/plan.ts";

/** Page clock: when the data was requested, and when a change was last reported. */
export interface Heard {
  readonly readAt: number;
  readonly toldAt: number;
}

export type CheckState =
  /** No valid patrol is still to come. */
  | { readonly state: "none" }
  /** Something changed, or may have: unknown until checked again. */
  | { readonly state: "outdated" }
  | { readonly state: "conflict"; readonly patrols: number }
  | { readonly state: "clear"; readonly at: string };

/** Valid only while nothing has changed since the check. */
export function checkState(
  plan: PlanReply,
  windows: readonly WindowReply[],
  { readAt, toldAt }: Heard,
): CheckState {
  const changedAt = toldAt >= readAt ? Number.POSITIVE_INFINITY : Date.parse(plan.changedAt ?? "");
  const standing = windows.filter(isStanding);
  // A first plan is checked once complete.
  if (plan.id === null && standing.length > 0) return { state: "outdated" };
  const opened = standing.flatMap(({ checked }) =>
    checked === null ? [] : [openCheck(checked, changedAt)],
  );
  const current = opened.filter((check) => check !== null);
  if (current.length < opened.length) return { state: "outdated" };
  const patrols = current.filter(({ ok }) => !ok).length;
  if (patrols > 0) return { state: "conflict", patrols };
  const [first] = current;
  return first ? { state: "clear", at: first.at } : { state: "none" };
}

/** The worst state of all the plans. */
export function weekCheck(patrols: readonly Patrol[], heard: Heard): CheckState {
  const plans = [...new Set(patrols.map(({ plan }) => plan))];
  const states = plans.map((plan) => {
    const own = patrols.filter((patrol) => patrol.plan === plan);
    return checkState(
      plan,
      own.map(({ window }) => window),
      heard,
    );
  });
  const outdated = states.find(({ state }) => state === "outdated");
  if (outdated) return outdated;
  const conflicts = states.reduce(
    (sum, one) => sum + (one.state === "conflict" ? one.patrols : 0),
    0,
  );
  if (conflicts > 0) return { state: "conflict", patrols: conflicts };
  const clear = states.flatMap((one) => (one.state === "clear" ? [one] : []));
  // The oldest check.
  clear.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return clear[0] ?? { state: "none" };
}
