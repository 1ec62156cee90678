import { isStanding } from "#client/patrols/plan-words.ts";
import { openCheck } from "#core/patrols/wire/check.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";

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
