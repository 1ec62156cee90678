import { DebriefLink } from "#client/patrols/debrief/DebriefLink.tsx";
import { dayRange } from "#client/patrols/plan-words.ts";
import { usePlan } from "#client/patrols/use-plan.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatDay, formatQuantity } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

/** On a phone the briefings of what is agreed, and the debrief; planning itself needs a wider screen. */
export function PhonePlan() {
  const view = usePlan();
  return (
    <Loaded resource={view.plans} onRetry={view.reload}>
      {({ plans, from, to }) => {
        const agreed = plans.filter((plan) => plan.windows.some(isAgreed));
        return agreed.length === 0 ? (
          <EmptyState title="No briefing yet" action={view.canPlan ? <DebriefLink /> : undefined}>
            Nothing is approved for {formatDay(from)} to {formatDay(to)}. Planning needs a wider
            screen: a tablet or a desk computer.
          </EmptyState>
        ) : (
          <ul className="phone-plan">
            <li>
              <h2>Briefings</h2>
            </li>
            {agreed.map((plan) => (
              <li key={plan.id}>
                <Button look="filled" icon="print" onClick={() => open(plan)}>
                  Briefing {plan.number}
                </Button>
                <p className="quiet">
                  {dayRange(plan.from, plan.days)},{" "}
                  {formatQuantity(plan.windows.filter(isAgreed).length, "patrol")}
                </p>
              </li>
            ))}
            {view.canPlan ? (
              <li>
                <DebriefLink />
              </li>
            ) : null}
          </ul>
        );
      }}
    </Loaded>
  );
}

function isAgreed({ status }: PlanReply["windows"][number]): boolean {
  return status === "agreed";
}

function open(plan: PlanReply): void {
  navigate("plan", { ...address.get().params, view: "briefing", plan: plan.id ?? "" });
}
