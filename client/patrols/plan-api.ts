import { fetchJson, fetchLines } from "#client/api/fetch.ts";
import {
  type ChangesReply,
  changesReply,
  type NewPlanBody,
  type NewWindowBody,
  type WorthReply,
  worthReply,
} from "#core/patrols/wire/board.ts";
import {
  type BriefingReply,
  briefingReply,
  type NumberReply,
  numberReply,
  type PlanMessage,
  type PlanReply,
  type PlansReply,
  planMessage,
  planReply,
  plansReply,
  type SuggestBody,
  type WindowChange,
  type WindowChangeReply,
  type WindowParams,
  windowChangeReply,
} from "#core/patrols/wire/plan.ts";

export function loadPlans(from: string, days: number, signal: AbortSignal): Promise<PlansReply> {
  const query = new URLSearchParams({ from, days: String(Math.min(days, 31)) });
  return fetchJson(`/api/plans?${query}`, plansReply, { signal });
}

export function streamSuggestion(
  body: SuggestBody,
  onMessage: (message: PlanMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  return fetchLines("/api/plans/suggest", planMessage, onMessage, { method: "POST", body, signal });
}

/** The whole plan, or the named windows of it. */
export function agreePlan(planId: string, windowIds?: readonly string[]): Promise<PlanReply> {
  return choose(planId, "agree", windowIds);
}

export function withdrawPlan(planId: string, windowIds?: readonly string[]): Promise<PlanReply> {
  return choose(planId, "withdraw", windowIds);
}

/** Agreed windows become suggestions again. */
export function takeBackPlan(planId: string, windowIds: readonly string[]): Promise<PlanReply> {
  return choose(planId, "take-back", windowIds);
}

function choose(
  planId: string,
  act: "agree" | "withdraw" | "take-back",
  windowIds: readonly string[] | undefined,
): Promise<PlanReply> {
  const body = windowIds ? { windowIds } : {};
  return fetchJson(`/api/plans/${planId}/${act}`, planReply, { method: "POST", body });
}

export function changeWindow(
  planId: string,
  windowId: string,
  change: WindowChange,
): Promise<WindowChangeReply> {
  const path = `/api/plans/${planId}/windows/${windowId}`;
  return fetchJson(path, windowChangeReply, { method: "PATCH", body: change });
}

export function loadBriefing(planId: string, signal: AbortSignal): Promise<BriefingReply> {
  return fetchJson(`/api/plans/${planId}/briefing`, briefingReply, { signal });
}

export function checkNumber(number: string): Promise<NumberReply> {
  return fetchJson(`/api/plans/numbers/${encodeURIComponent(number)}`, numberReply);
}

/** Without the planner: empty, or last week's windows as far as they fit. */
export function startPlan(body: NewPlanBody): Promise<PlanReply> {
  return fetchJson("/api/plans", planReply, { method: "POST", body });
}

export function addWindow(planId: string, body: NewWindowBody): Promise<WindowChangeReply> {
  return fetchJson(`/api/plans/${planId}/windows`, windowChangeReply, { method: "POST", body });
}

export function splitWindow(
  planId: string,
  windowId: string,
  afterStop: number,
): Promise<WindowChangeReply> {
  const path = `/api/plans/${planId}/windows/${windowId}/split`;
  return fetchJson(path, windowChangeReply, { method: "POST", body: { afterStop } });
}

/** Takes a lost patrol off the list of what is to be replaced, or puts it back there. */
export function dismissLost(
  { planId, windowId }: WindowParams,
  dismissed: boolean,
): Promise<PlanReply> {
  const path = `/api/plans/${planId}/windows/${windowId}/dismiss`;
  return fetchJson(path, planReply, { method: "POST", body: { dismissed } });
}

/** Withdrawn windows become suggestions again. */
export function restoreWindows(planId: string, windowIds: readonly string[]): Promise<PlanReply> {
  return fetchJson(`/api/plans/${planId}/restore`, planReply, {
    method: "POST",
    body: { windowIds },
  });
}

export function loadChanges(planId: string, signal: AbortSignal): Promise<ChangesReply> {
  return fetchJson(`/api/plans/${planId}/changes`, changesReply, { signal });
}

export function loadWorth(planId: string, signal: AbortSignal): Promise<WorthReply> {
  return fetchJson(`/api/plans/${planId}/worth`, worthReply, { signal });
}
