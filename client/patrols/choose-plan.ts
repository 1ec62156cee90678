import type { DaySpan } from "#client/patrols/plan-request.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

/**
 * The one asked for; else what was agreed, else the newest that still stands: of exactly these days
 * first, then of days that share one with them. A suggestion that was discarded is shown to who asks for
 * it alone; a plan that was agreed and withdrawn, where nothing stands.
 */
export function choosePlan(
  plans: readonly PlanReply[],
  { from, days }: DaySpan,
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
