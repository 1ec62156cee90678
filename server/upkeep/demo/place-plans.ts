import { parseLocal, type Zone } from "#core/time/zone.ts";
import { createPlans, meetingSeries } from "#data/demo/plans.ts";
import type { RecipePlan } from "#data/demo/recipe.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  changeAction,
  changePlan,
  insertAction,
  insertPlan,
  insertSeries,
} from "#server/place-plans/store.ts";

/** Made-up plans of some places, what is to be done there, and the meetings of partners. */
export async function storePlacePlans(
  tx: Transaction,
  zone: Zone,
  { person, places }: { readonly person: string; readonly places: readonly RecipePlan[] },
): Promise<void> {
  const at = (local: string) => ({ person, now: zone.toInstant(parseLocal(local), "earlier") });
  const { plans, actions } = createPlans(places);
  await insertSeries(tx, { revision: 1, ...meetingSeries }, at("2021-09-01T09:00"));
  const ids: number[] = [];
  for (const { plan, first, since, changedAt } of plans) {
    const id = await insertPlan(tx, first, at(since));
    await changePlan(tx, { id, read: 1, act: "changed", plan }, at(changedAt));
    ids.push(id);
  }
  for (const { plan, since, closedOn, ...action } of actions) {
    const planId = plan === null ? null : (ids[plan] ?? null);
    const by = at(since);
    const id = await insertAction(tx, { ...action, planId, packId: null }, by);
    if (closedOn === null) continue;
    const done = { ...action, id, read: 1, state: "done" as const, closedOn };
    await changeAction(tx, done, at(`${closedOn}T16:00`));
  }
}
