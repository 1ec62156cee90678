import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { step } from "#client/state/url.ts";
import { meetingCalls } from "#core/place-plans/wire/meeting.ts";
import * as wire from "#core/place-plans/wire/place-plans.ts";

/** Filtered by role on the server. */
export const placePlans = keptCall(wire.placePlanCalls.list, "place_plans", "comments");
export const askPlans = askThen(() => placePlans.reload());

export const placeActions = keptCall(wire.placePlanCalls.actions, "place_plans");
export const askActions = askThen(() => placeActions.reload());

/** When the partners meet, and every pack that was issued. */
export const meeting = keptCall(meetingCalls.read, "place_plans");
export const askMeeting = askThen(() => meeting.reload());

/** Null: the list. */
export function openPlan(plan: number | null, edit: boolean | "new" = false): void {
  step("outcomes", {
    part: "plans",
    plan: plan === null ? undefined : String(plan),
    edit: edit === "new" ? "new" : edit ? "1" : undefined,
  });
}

/** Null for those who may not read all of it. */
export function bodyOf({ inner, ...head }: wire.PlacePlanReply): wire.PlacePlan | null {
  if (!inner) return null;
  const plan: wire.PlacePlan = { ...head, ...inner };
  const fields = Object.entries(plan).filter(([field]) => field in wire.placePlanBody.shape);
  return Object.fromEntries(fields) as unknown as wire.PlacePlan;
}

export function keepPlan(
  read: { readonly id: number; readonly revision: number } | null,
  body: wire.PlacePlan,
): Promise<wire.PlacePlanKept> {
  const { add, change } = wire.placePlanCalls;
  if (!read) return askPlans(add, { body });
  return askPlans(change, { id: read.id, body: { ...body, revision: read.revision } });
}

export async function moveFigure(id: number, figure: number, isOn: boolean): Promise<void> {
  const { pinAgain, unpin } = wire.placePlanCalls;
  await askPlans(isOn ? pinAgain : unpin, { id, figure });
}
