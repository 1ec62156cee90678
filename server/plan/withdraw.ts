import type { Actor } from "#core/model/role.ts";
import type { PlanReply } from "#core/wire/plan.ts";
import type { Services } from "#server/context.ts";
import {
  describerOf,
  describeStored,
  heldPlan,
  type StoredPlan,
  storedPlan,
} from "#server/plan/stored.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/queries/occupancy.ts";
import {
  deletePatrolOccupancy,
  setWithdrawn,
  type WindowRow,
} from "#server/queries/patrol-windows.ts";
import { markWithdrawn, revisePlan } from "#server/queries/plans.ts";

/** Takes back suggested or agreed windows that have not begun; what has begun is part of the record. */
export async function withdrawPlan(
  services: Pick<Services, "db" | "zone" | "asAt">,
  actor: Actor,
  choice: { readonly planId: string; readonly labels?: readonly string[] | undefined },
): Promise<PlanReply> {
  const describer = await describerOf(services);
  const now = services.asAt.now();
  return services.db.transaction(
    actor,
    async (tx) => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, choice.planId);
      const windows = withdrawable(stored, choice.labels, now);
      const ids = windows.map((window) => window.id);
      await setWithdrawn(tx, ids, now);
      await deletePatrolOccupancy(tx, ids);
      if (windows.some((window) => window.status === "agreed")) await revisePlan(tx, choice.planId);
      const left = await storedPlan(tx, choice.planId);
      if (!left.windows.some(stillStands)) await markWithdrawn(tx, choice.planId);
      return describeStored(tx, await storedPlan(tx, choice.planId), describer);
    },
    { retries: 5 },
  );
}

function withdrawable(
  { windows }: StoredPlan,
  labels: readonly string[] | undefined,
  now: number,
): readonly WindowRow[] {
  const open = windows.filter(
    (window) => window.status === "suggested" || (window.status === "agreed" && window.start > now),
  );
  const chosen = labels ? open.filter((window) => labels.includes(window.label)) : open;
  if (chosen.length > 0 && (!labels || chosen.length === new Set(labels).size)) return chosen;
  throw new Problem(
    409,
    "Nothing withdrawn",
    "Only windows that are suggested or agreed and have not begun can be withdrawn.",
  );
}

/** Called off counts: it ran. */
function stillStands({ status }: WindowRow): boolean {
  return status === "suggested" || status === "agreed" || status === "called_off";
}
