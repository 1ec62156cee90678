import { useEffect, useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { live, useLook } from "#client/live/refresh.ts";
import { type LivingWeek, livingWeek, type Patrol } from "#client/patrols/living-week.ts";
import {
  daysShown,
  faultsFor,
  type PlanRequest,
  type RequestFaults,
  reachFaults,
  readRequest,
  requestFromParams,
} from "#client/patrols/plan-request.ts";
import { type Suggestion, suggester } from "#client/patrols/suggestion.ts";
import {
  kindOf,
  type UnitKind,
  usePatrolPartners,
} from "#client/patrols/wardens/patrol-partners.ts";
import { loadWardenPlans } from "#client/patrols/wardens/warden-plans.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { type PlansReply, planCalls } from "#core/patrols/wire/board.ts";
import type { PlanReply, SuggestBody } from "#core/patrols/wire/plan.ts";
import type { Role } from "#core/role.ts";
import { addDays } from "#core/time/zone.ts";

export type PlanView = ReturnType<typeof usePlan>;

/** Polling interval without a live connection. */
const askEveryMs = 60_000;

/** All that the plan's panels read; they never disagree, because they read this. */
export function usePlan() {
  const { asAt, role } = useSession();
  const may = mayOf(role);
  const { canPlan, canSuggest, isOwn } = may;
  const params = useStore(address, (at) => at.params);
  const suggestion = useStore(suggester.store, (state) => state);
  const request = requestFromParams(params, asAt);
  const faults = faultsFor(request, canSuggest);
  const isReadable = Object.keys(faults).length === 0;
  const asked = readableDays(isReadable ? request : requestFromParams({}, asAt), asAt);
  const { resource, reload, toldAt, rises } = usePlansOf(asked, role);
  // Until these days load, the resource still holds the previous days' plans.
  const plans = hasValue(resource) && isOf(resource.value, asked) ? resource.value.plans : null;
  // The reloaded list holds the new suggestion.
  useEffect(() => {
    if (plans && suggester.store.get().status === "none") suggester.forget();
  }, [plans]);
  const fresh = freshOf(suggestion);
  const running = fresh && sameDays(fresh, asked) ? fresh : null;
  // Keep showing the current plan until there is a replacement.
  const plan = isReadable ? (running ?? choosePlan(plans ?? [], asked, params["plan"])) : null;
  const { from, days } = daysShown(asked, plan);
  const whole = useMemo((): LivingWeek => {
    const all = livingWeek(plans ?? [], plan, { from, days });
    return isOwn ? { ...all, ranks: new Map() } : all;
  }, [plans, plan, from, days, isOwn]);
  const ofKind = useKind(whole, params["kind"]);
  const outOfReach = canPlan && isReadable ? reachFaults(asked, asAt) : {};
  const windowPlan = planOfWindow(plan, plans ?? [], params["plan"]);
  return {
    ...may,
    request,
    from,
    days,
    /** By field; while there are any, no plan is shown. */
    faults,
    /** Why these days cannot be planned; they can still be viewed. */
    outOfReach,
    /** What is asked of the planner; null while something must be corrected first. */
    body: bodyOf(request, outOfReach),
    plans: resource,
    /** Boundaries at which reports have risen, for whoever approves for police. */
    rises,
    /** The stored plan that is chosen, or the first one of a running suggestion. */
    plan,
    /** The current plan, with the valid patrols of all other plans on these days. */
    whole,
    /** The same of the kind that is looked at: null for all. */
    ...ofKind,
    isOfDaysAsked: plan !== null && sameDays(plan, asked),
    isLoaded: plans !== null,
    window: windowPlan?.windows.find((window) => window.id === params["window"]) ?? null,
    /** Plan of the chosen patrol; the current one unless a suggestion is running. */
    windowPlan,
    heard: { readAt: resource.status === "ready" && !running ? resource.at : 0, toldAt },
    suggestion,
    setRequest: (change: Partial<PlanRequest>) => changeParams("plan", { ...request, ...change }),
    choosePlan: (planId: string | null) => changeParams("plan", { plan: planId ?? "", window: "" }),
    chooseKind: (kind: UnitKind | null) => changeParams("plan", { kind: kind ?? "" }),
    chooseWindow: (windowId: string | null, of?: PlanReply) =>
      changeParams("plan", {
        ...(of && windowId !== null ? { plan: of.id ?? "" } : {}),
        window: windowId ?? "",
      }),
    reload,
  };
}

/** Null while a field is wrong or its days are out of reach. */
function bodyOf(request: PlanRequest, outOfReach: RequestFaults): SuggestBody | null {
  const read = readRequest(request);
  return read.ok && Object.keys(outOfReach).length === 0 ? read.value : null;
}

/** What is looked at, and approved, may be the patrols of one kind of unit. */
function useKind(whole: LivingWeek, asked: string | undefined) {
  const partners = usePatrolPartners();
  return useMemo(() => {
    const of = ({ window }: Patrol) => kindOf(partners, window);
    const kinds = [...new Set(whole.patrols.map(of))].sort();
    const kind = kinds.find((one) => one === asked) ?? null;
    if (kind === null) return { week: whole, kinds, kind };
    const isOf = (patrol: Patrol) => of(patrol) === kind;
    const [patrols, open] = [whole.patrols.filter(isOf), whole.open.filter(isOf)];
    return { week: { ...whole, patrols, open }, kinds, kind };
  }, [whole, partners, asked]);
}

function mayOf(role: Role) {
  /** Suggests for all, by what is expected where. */
  const canSuggest = role === "sergeant";
  /** A warden coordinator's: own patrols alone, and nothing of what a plan expects. */
  const isOwn = role === "warden";
  /** Approves and changes patrols, a warden coordinator of its own. */
  const canPlan = canSuggest || isOwn;
  return { canPlan, canSuggest, isOwn };
}

export function loadPlans(
  role: Role,
  from: string,
  days: number,
  signal: AbortSignal,
): Promise<PlansReply> {
  if (role === "warden") return loadWardenPlans(from, Math.min(days, 28), signal);
  return ask(planCalls.list, { query: { from, days: Math.min(days, 31) } }, { signal });
}

/** Reloaded on changes of plans or keep-clear; with the time of the last one. */
function usePlansOf({ from, days }: PlanDays, role: Role) {
  const { resource, reload } = useFetched(`${from} ${days}`, (signal) =>
    loadPlans(role, from, days, signal),
  );
  const readAt = hasValue(resource) ? resource.at : null;
  const toldAt = Math.max(useLook("plan", readAt, reload), useLook("keep_clear", readAt, reload));
  const isLive = useStore(live, (state) => state === "on");
  useInterval(reload, isLive ? null : askEveryMs);
  const rises = hasValue(resource) ? resource.value.rises : [];
  return { resource, reload, toldAt, rises };
}

function planOfWindow(
  plan: PlanReply | null,
  plans: readonly PlanReply[],
  id: string | undefined,
): PlanReply | null {
  if (plan?.id !== null || id === undefined) return plan;
  return plans.find((one) => one.id === id) ?? plan;
}

/** Not in the list of plans yet: a running suggestion's first plan, or the one just stored. */
function freshOf(suggestion: Suggestion): PlanReply | null {
  if (suggestion.status === "running") return suggestion.first;
  return suggestion.status === "none" ? (suggestion.made ?? null) : null;
}

function readableDays(request: PlanRequest, asAt: string): PlanDays {
  const { from, days } = request;
  const read = readRequest({ ...requestFromParams({}, asAt), from, days });
  return read.ok ? read.value : { from: asAt, days: 7 };
}

function isOf(reply: PlansReply, { from, days }: PlanDays): boolean {
  return reply.from === from && reply.to === addDays(from, days - 1);
}

function sameDays(one: PlanDays, other: PlanDays): boolean {
  return one.from === other.from && one.days === other.days;
}

/**
 * The plan asked for; else the agreed one, else the newest that stands: of exactly these days, then
 * of overlapping days. Discarded suggestions only if asked for; an agreed, withdrawn plan only if
 * nothing stands.
 */
export function choosePlan(
  plans: readonly PlanReply[],
  { from, days }: PlanDays,
  id: string | undefined,
): PlanReply | null {
  const own = plans.filter((plan) => plan.from === from && plan.days === days);
  return (
    plans.find((plan) => plan.id === id) ??
    [own, plans]
      .map(
        (some) =>
          some.find((plan) => plan.status === "agreed") ??
          some.find((plan) => plan.status === "suggested"),
      )
      .find((plan) => plan !== undefined) ??
    own.find(({ agreedAt }) => agreedAt !== null) ??
    null
  );
}
