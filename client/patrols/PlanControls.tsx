import type { FormEvent } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { readRequest } from "#client/patrols/plan-request.ts";
import { dayRange } from "#client/patrols/plan-words.ts";
import { suggestPlan } from "#client/patrols/suggestion.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { lastShownDate } from "#core/protected-time/shown-until.ts";

/** From day, number of days, units, shifts, Suggest; and which plan of these days is shown. */
export function PlanControls({ view }: { readonly view: PlanView }) {
  const { asAt } = useSession();
  const { request, setRequest } = view;
  const read = readRequest(request);
  const faults = { ...view.faults, ...view.outOfReach };
  const isAskable = Object.keys(faults).length === 0;
  const isRunning = view.suggestion.status === "running";
  const isNext = !view.isOfDaysAsked;
  const hasLocked =
    view.plan?.windows.some(({ locked, status }) => locked && status === "suggested") ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAskable && read.ok) void suggestPlan(view, read.value);
  };
  return (
    <form className="plan__controls" onSubmit={submit} aria-label="What to plan" noValidate>
      <TextField
        label="First day"
        type="date"
        max={view.canPlan ? lastShownDate(asAt) : undefined}
        value={request.from}
        error={faults.from}
        onChange={(from) => setRequest({ from })}
      />
      <TextField
        label="Days"
        type="number"
        min={1}
        max={28}
        value={request.days}
        error={faults.days}
        onChange={(days) => setRequest({ days })}
      />
      {view.canPlan ? (
        <>
          <TextField
            label="Units at a time"
            type="number"
            min={1}
            max={12}
            value={request.units}
            error={faults.units}
            onChange={(units) => setRequest({ units })}
          />
          <div className="plan__shifts">
            <TextField
              label="Shifts"
              value={request.shifts}
              error={faults.shifts}
              onChange={(shifts) => setRequest({ shifts })}
            />
          </div>
          <Button type="submit" disabled={isRunning || !isAskable}>
            {isNext ? "Suggest" : hasLocked ? "Suggest the rest" : "Suggest again"}
          </Button>
        </>
      ) : null}
      <PlanChoice view={view} />
    </form>
  );
}

function PlanChoice({ view }: { readonly view: PlanView }) {
  const plans = hasValue(view.plans) ? view.plans.value.plans : [];
  const stored = plans.filter((plan): plan is PlanReply & { id: string } => plan.id !== null);
  if (stored.length < 2 || !view.plan?.id) return null;
  return (
    <Select
      label="Plan"
      value={view.plan.id}
      options={stored.map((plan) => ({ value: plan.id, label: planName(plan) }))}
      onChange={view.choosePlan}
    />
  );
}

/** "P12-3, agreed, Mon 29 Nov to Sun 5 Dec" */
function planName(plan: PlanReply): string {
  const days = dayRange(plan.from, plan.days);
  return plan.number ? `${plan.number}, ${plan.status}, ${days}` : days;
}
