import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { undoHistory } from "#client/state/undo.ts";
import { step } from "#client/state/url.ts";
import * as wire from "#core/place-plans/wire/place-plans.ts";

/** Every place plan as one's role sees it. */
export const placePlans = keptReply(
  "/api/place-plans",
  wire.placePlansReply,
  "place_plans",
  "comments",
);

export const placeActions = keptReply("/api/place-actions", wire.placeActionsReply, "place_plans");

/** Opens one plan, a form, or the list. */
export function openPlan(plan: number | null, edit: boolean | "new" = false): void {
  step("outcomes", {
    part: "plans",
    plan: plan === null ? undefined : String(plan),
    edit: edit === "new" ? "new" : edit ? "1" : undefined,
  });
}

/** What is sent to keep a plan as it was read. */
export function bodyOf(plan: wire.PlacePlanReply): wire.PlacePlanBody | null {
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
  body: wire.PlacePlanBody,
): Promise<wire.PlacePlanKept> {
  const kept = read
    ? await fetchJson(`/api/place-plans/${read.id}`, wire.placePlanKept, {
        method: "PUT",
        body: { ...body, revision: read.revision },
      })
    : await fetchJson("/api/place-plans", wire.placePlanKept, { method: "POST", body });
  placePlans.reload();
  return kept;
}

export function loadPlanHistory(id: number, signal: AbortSignal): Promise<wire.PlanHistoryReply> {
  return fetchJson(`/api/place-plans/${id}/history`, wire.planHistoryReply, { signal });
}

/** Takes a figure off a plan, or puts it back. */
export async function moveFigure(plan: number, figure: number, isOn: boolean): Promise<void> {
  const url = `/api/place-plans/${plan}/figures/${figure}`;
  await (isOn
    ? fetchJson(`${url}/restore`, wire.figureKept, { method: "POST" })
    : fetchJson(url, wire.figureKept, { method: "DELETE" }));
  placePlans.reload();
}

export async function pinFigure(
  plan: number,
  pin: { readonly query: Readonly<Record<string, string>>; readonly cell: string | null },
): Promise<void> {
  await fetchJson(`/api/place-plans/${plan}/figures`, wire.figureKept, {
    method: "POST",
    body: pin,
  });
  placePlans.reload();
}

export async function assessPlan(
  { id, revision }: { readonly id: number; readonly revision: number },
  operation: string,
): Promise<void> {
  const body = { operation, revision };
  await fetchJson(`/api/place-plans/${id}/assessment`, wire.placePlanKept, {
    method: "POST",
    body,
  });
  undoHistory.end();
  placePlans.reload();
}

export async function addAction(body: wire.PlaceActionBody): Promise<void> {
  await fetchJson("/api/place-actions", wire.placeActionKept, { method: "POST", body });
  placeActions.reload();
}

export async function changeAction(id: number, body: wire.ChangeActionBody): Promise<number> {
  const kept = await fetchJson(`/api/place-actions/${id}`, wire.placeActionKept, {
    method: "PUT",
    body,
  });
  placeActions.reload();
  return kept.revision;
}
