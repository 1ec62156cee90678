import { forgetOnSignOut } from "#client/api/private-data.ts";
import { bodyOf } from "#client/place-plans/place-plans-api.ts";
import { createStore } from "#client/state/store.ts";
import { checkPlan } from "#core/place-plans/check-plan.ts";
import type { PlacePlanBody, PlacePlanReply } from "#core/place-plans/wire/place-plans.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { londonDate } from "#core/text/london-date.ts";

/** A plan as it is being typed, and what was read before. */
export interface PlanDraft {
  readonly revision: number;
  readonly read: PlacePlanBody;
  readonly body: PlacePlanBody;
}

/**
 * What is being typed, by plan, for as long as the page is open: another screen, somebody else's change and a refused
 * save lose nothing of it. Gone with the session.
 */
export const planDrafts = createStore<Readonly<Record<string, PlanDraft>>>({});

forgetOnSignOut(() => planDrafts.set(() => ({})));

export function keepPlanDraft(key: string, draft: PlanDraft): void {
  planDrafts.set((known) => ({ ...known, [key]: draft }));
}

export function dropPlanDraft(key: string): void {
  planDrafts.set((known) => {
    const { [key]: _, ...rest } = known;
    return rest;
  });
}

export function draftOf(plan: PlacePlanReply | null): PlanDraft {
  const body = plan ? bodyOf(plan) : null;
  return plan && body
    ? { revision: plan.revision, read: body, body }
    : { revision: 0, read: newBody, body: newBody };
}

const newBody: PlacePlanBody = {
  name: "",
  area: { by: "named", name: null, cells: [] },
  scanning: "",
  analysis: "",
  response: { partners: "", place: "", diversion: "", enforcement: "" },
  stopRule: "",
  reviewOn: "",
  state: "open",
  result: "",
  isForMeeting: false,
};

/** By field: what is wrong, and what to do; the server asks the same. */
export function faultsOf(
  { body }: PlanDraft,
  about: {
    readonly command: StudySet;
    readonly asAt: string;
    readonly plan: PlacePlanReply | null;
  },
): Readonly<Record<string, string>> {
  const { command, asAt, plan } = about;
  const isDate = londonDate.safeParse(body.reviewOn).success;
  const dated = isDate ? body : { ...body, reviewOn: asAt };
  const faults = [
    ...checkPlan(dated, { command, asAt, keptReviewOn: plan?.reviewOn ?? null }),
    ...(isDate ? [] : [{ field: "reviewOn", reason: "Say on which day it is looked at next." }]),
  ];
  const named = faults.filter(
    ({ field }, at) => faults.findIndex((one) => one.field === field) === at,
  );
  return Object.fromEntries(named.map(({ field, reason }) => [field, reason]));
}
