import type { Patrol } from "#client/patrols/living-week.ts";
import { isStanding } from "#client/patrols/plan-words.ts";
import { openCheck, type PlanReply, type WindowReply } from "#core/patrols/wire/plan.ts";

/** By the page's own clock: when what is on screen was asked for, and when it last heard of a change. */
export interface Heard {
  readonly readAt: number;
  readonly toldAt: number;
}

/** What may be said of the check against keep-clear times. */
export type CheckState =
  /** No patrol stands that is still to come. */
  | { readonly state: "none" }
  /** Something has changed since, or may have: nothing is said until it is checked again. */
  | { readonly state: "outdated" }
  | { readonly state: "conflict"; readonly patrols: number }
  | { readonly state: "clear"; readonly at: string };

/** Of one patrol, or of all of a plan; only as long as nothing has changed since it was made. */
export function checkState(
  plan: PlanReply,
  windows: readonly WindowReply[],
  { readAt, toldAt }: Heard,
): CheckState {
  const changedAt = toldAt >= readAt ? Number.POSITIVE_INFINITY : Date.parse(plan.changedAt ?? "");
  const standing = windows.filter(isStanding);
  // A first plan is checked when it is done.
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

/** Of all plans of a week: one that is not known to be clear speaks for all of them. */
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
  // The one that was checked longest ago.
  clear.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return clear[0] ?? { state: "none" };
}
