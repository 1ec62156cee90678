import { hasValue, type Resource } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { loadPlans } from "#client/plan/plan-api.ts";
import { type PlanRequest, readRequest, requestFromParams } from "#client/plan/plan-request.ts";
import { type Suggestion, suggester } from "#client/plan/suggestion.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import type { PlanReply, PlansReply, WindowReply } from "#core/wire/plan.ts";

/** All that the plan's panels read; they never disagree, because they read this. */
export interface PlanView {
  readonly request: PlanRequest;
  /** The days of the last request that could be read. */
  readonly from: string;
  readonly days: number;
  readonly plans: Resource<PlansReply>;
  /** The stored plan that is chosen, or the first one of a running suggestion. */
  readonly plan: PlanReply | null;
  readonly window: WindowReply | null;
  readonly suggestion: Suggestion;
  readonly canPlan: boolean;
  readonly setRequest: (change: Partial<PlanRequest>) => void;
  readonly choosePlan: (planId: string | null) => void;
  readonly chooseWindow: (windowId: string | null) => void;
  readonly reload: () => void;
}

export function usePlan(): PlanView {
  const { asAt, role } = useSession();
  const params = useStore(address, (at) => at.params);
  const suggestion = useStore(suggester.store, (state) => state);
  const request = requestFromParams(params, asAt);
  const read = readRequest(request);
  const usual = readRequest(requestFromParams({}, asAt));
  const readable = read.ok ? read.value : usual.ok ? usual.value : null;
  const from = readable?.from ?? asAt;
  const days = readable?.days ?? 7;
  const { resource, reload } = useFetched(`${from} ${days}`, (signal) =>
    loadPlans(from, days, signal),
  );
  const stored = hasValue(resource) ? choosePlan(resource.value.plans, params["plan"]) : null;
  const first = suggestion.status === "running" ? suggestion.first : null;
  // What is there stays until there is something to take its place.
  const plan = first ?? stored;
  return {
    request,
    from,
    days,
    plans: resource,
    plan,
    window: plan?.windows.find((window) => window.id === params["window"]) ?? null,
    suggestion,
    canPlan: role === "sergeant",
    setRequest: (change) => changeParams({ ...request, ...change }),
    choosePlan: (planId) => changeParams({ plan: planId ?? "", window: "" }),
    chooseWindow: (windowId) => changeParams({ window: windowId ?? "" }),
    reload,
  };
}

/** The one asked for; else what was agreed; else the newest that still stands. */
function choosePlan(plans: readonly PlanReply[], id: string | undefined): PlanReply | null {
  return (
    plans.find((plan) => plan.id === id) ??
    plans.find((plan) => plan.status === "agreed") ??
    plans.find((plan) => plan.status === "suggested") ??
    plans[0] ??
    null
  );
}

/** Reads the address at the moment of the change: a suggestion takes seconds, and people move on. */
function changeParams(change: Readonly<Record<string, string>>): void {
  replaceParams({ ...address.get().params, ...change });
}
