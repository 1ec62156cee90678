import { suggester } from "#client/patrols/suggestion.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import type { SuggestBody } from "#core/patrols/wire/plan.ts";

/** Asks for a suggestion and shows it once it is stored. */
export async function suggestPlan(view: PlanView, body: SuggestBody): Promise<void> {
  const plan = await suggester.start(body);
  if (!plan) return;
  view.choosePlan(plan.id);
  view.reload();
}
