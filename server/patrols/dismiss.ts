import type { PlanReply, WindowParams } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { setDismissed } from "#server/patrols/queries/patrol-windows.ts";
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
    await dismissLost(tx, lost, dismissed);
    return describeStored(tx, await storedPlan(tx, lost.planId), describer);
  });
}

export async function dismissLost(
  tx: Transaction,
  { planId, windowId }: WindowParams,
  dismissed: boolean,
): Promise<void> {
  if (await setDismissed(tx, { planId, label: windowId }, dismissed)) return;
  throw new Problem(409, "Not changed", `Patrol ${windowId} of that plan was not lost.`);
}
