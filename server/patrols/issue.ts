import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/calendars-known.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { insertSheetIssue, type PlanRow } from "#server/patrols/queries/plans.ts";
import { planNumber } from "#server/patrols/replies.ts";
import { periodOf, storedPlan } from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";

/** Agreed windows that are still to come or under way, found clear at this very moment. */
export interface Issue {
  readonly plan: PlanRow;
  readonly number: string;
  readonly windows: readonly WindowRow[];
  readonly at: number;
}

/** Paper and files cannot be recalled, so each is checked once more as it leaves (SAFEGUARDS 1). */
export async function issuePlan(
  { db, zone, asAt, addDetail }: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  planId: string,
): Promise<Issue> {
  const at = asAt.now();
  addDetail({ plan: planId });
  return db.transaction(actor, async (tx) => {
    const { plan, windows } = await storedPlan(tx, planId);
    await refuseUnlessCalendarsKnown(tx, { zone, asAt }, plan, "Not issued");
    const open = windows.filter((window) => window.status === "agreed" && window.end > at);
    addDetail({ windows: open.length, revision: plan.revision });
    if (open.length === 0) {
      throw new Problem(409, "Nothing to issue", "This plan has no approved patrol left.");
    }
    const taken = await takenWindows(tx, { zone, now: at, ...periodOf(zone, plan) }, open);
    if (taken.size > 0) {
      throw new Problem(
        409,
        "Not issued",
        "Some patrols of this plan are no longer available. Withdraw them, then print or download again.",
        [...taken].map((label) => ({ field: label, reason: "no longer available" })),
      );
    }
    await insertSheetIssue(tx, plan);
    return { plan, number: planNumber(plan), windows: open, at };
  });
}
