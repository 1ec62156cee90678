import type { PlanReply, WindowParams } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { setDismissed, setReplaced } from "#server/patrols/queries/lost-patrols.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { describerOf, describeStored, storedPlan } from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";

/** Takes a lost patrol off the list of what is to be replaced, for every sergeant, or puts it back there. */
export async function dismissWindow(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  { dismissed, ...lost }: WindowParams & { readonly dismissed: boolean },
): Promise<PlanReply> {
  services.addDetail({ plan: lost.planId, window: lost.windowId });
  const describer = await describerOf(services);
  return services.db.transaction(actor, async (tx) => {
    const { planId, windowId: label } = lost;
    if (!(await setDismissed(tx, { planId, label }, dismissed))) throw notLost(lost);
    return describeStored(tx, await storedPlan(tx, lost.planId), describer);
  });
}

/** Whoever takes its place is told with it: once that one stands no longer, the lost one is to be replaced again. */
export async function replaceLost(
  tx: Transaction,
  lost: WindowParams,
  by: Pick<WindowRow, "planId" | "label">,
): Promise<void> {
  const { planId, windowId: label } = lost;
  if (!(await setReplaced(tx, { planId, label }, by))) throw notLost(lost);
}

function notLost({ windowId }: WindowParams): Problem {
  return new Problem(409, "Not changed", `Patrol ${windowId} of that plan was not lost.`);
}
