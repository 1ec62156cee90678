import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { sharedPlansReply } from "#core/place-plans/wire/place-plans.ts";

/** Plans of places that are shared with the own partner, and what it has said of them. */
export const sharedPlans = createResource((signal) =>
  fetchJson("/api/outreach/place-plans", sharedPlansReply, { signal }),
);

export async function commentOnPlan(plan: number, words: string): Promise<void> {
  const path = `/api/outreach/place-plans/${plan}/comments`;
  sharedPlans.accept(await fetchJson(path, sharedPlansReply, { method: "POST", body: { words } }));
}

forgetOnSignOut(sharedPlans.reset);
