import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import { step } from "#client/state/url.ts";
import {
  type ChangeActionBody,
  figureKept,
  type PlaceActionBody,
  type PlacePlanBody,
  type PlacePlanKept,
  type PlacePlanReply,
  type PlanHistoryReply,
  placeActionKept,
  placeActionsReply,
  placePlanKept,
  placePlansReply,
  planHistoryReply,
} from "#core/place-plans/wire/place-plans.ts";

/** Every place plan as one's role sees it. */
export const placePlans = createResource((signal) =>
  fetchJson("/api/place-plans", placePlansReply, { signal }),
);

export const placeActions = createResource((signal) =>
  fetchJson("/api/place-actions", placeActionsReply, { signal }),
);

refreshOnLook("place_plans", placePlans);
refreshOnLook("place_plans", placeActions);
refreshOnLook("comments", placePlans);
forgetOnSignOut(() => {
  placePlans.reset();
  placeActions.reset();
});

/** Opens one plan, a form, or the list. */
export function openPlan(plan: number | null, edit: boolean | "new" = false): void {
  step("outcomes", {
    part: "plans",
    plan: plan === null ? undefined : String(plan),
    edit: edit === "new" ? "new" : edit ? "1" : undefined,
  });
}

/** What is sent to keep a plan as it was read. */
export function bodyOf(plan: PlacePlanReply): PlacePlanBody | null {
  if (!plan.inner) return null;
  const { name, response, stopRule, reviewOn, state, result, isForMeeting } = plan;
  const { area, scanning, analysis } = plan.inner;
  return {
    ...{ name, response, stopRule, reviewOn, state, result, isForMeeting },
    ...{ area, scanning, analysis },
  };
}

export async function keepPlan(
  read: { readonly id: number; readonly revision: number } | null,
  body: PlacePlanBody,
): Promise<PlacePlanKept> {
  const kept = read
    ? await fetchJson(`/api/place-plans/${read.id}`, placePlanKept, {
        method: "PUT",
        body: { ...body, revision: read.revision },
      })
    : await fetchJson("/api/place-plans", placePlanKept, { method: "POST", body });
  placePlans.reload();
  return kept;
}

export function loadPlanHistory(id: number, signal: AbortSignal): Promise<PlanHistoryReply> {
  return fetchJson(`/api/place-plans/${id}/history`, planHistoryReply, { signal });
}

/** Takes a figure off a plan, or puts it back. */
export async function moveFigure(plan: number, figure: number, isOn: boolean): Promise<void> {
  const url = `/api/place-plans/${plan}/figures/${figure}`;
  await (isOn
    ? fetchJson(`${url}/restore`, figureKept, { method: "POST" })
    : fetchJson(url, figureKept, { method: "DELETE" }));
  placePlans.reload();
}

export async function pinFigure(
  plan: number,
  pin: { readonly query: Readonly<Record<string, string>>; readonly cell: string | null },
): Promise<void> {
  await fetchJson(`/api/place-plans/${plan}/figures`, figureKept, { method: "POST", body: pin });
  placePlans.reload();
}

export async function assessPlan(
  { id, revision }: { readonly id: number; readonly revision: number },
  operation: string,
): Promise<void> {
  const body = { operation, revision };
  await fetchJson(`/api/place-plans/${id}/assessment`, placePlanKept, { method: "POST", body });
  placePlans.reload();
}

export async function addAction(body: PlaceActionBody): Promise<void> {
  await fetchJson("/api/place-actions", placeActionKept, { method: "POST", body });
  placeActions.reload();
}

export async function changeAction(id: number, body: ChangeActionBody): Promise<number> {
  const kept = await fetchJson(`/api/place-actions/${id}`, placeActionKept, {
    method: "PUT",
    body,
  });
  placeActions.reload();
  return kept.revision;
}
