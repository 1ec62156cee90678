import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { dayRange } from "#client/patrols/plan-words.ts";
import { suggestPlan } from "#client/patrols/suggestion.ts";
import { loadPlans } from "#client/patrols/use-plan.ts";
import { failureWords } from "#client/patrols/use-told-act.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { carriedDuties } from "#core/patrols/duty/staffing.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { type Duty, type StaffingReply, staffingCalls } from "#core/patrols/wire/staffing.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { addDays } from "#core/time/zone.ts";

interface Carried {
  readonly from: string;
  readonly days: number;
  /** Staffing of these days; last week's duties fill the unstaffed ones. */
  readonly own: StaffingReply;
  readonly more: readonly Duty[];
  /** Last week's agreed plan, whose units and shifts go on; null where there was none. */
  readonly last: Pick<PlanReply, "units" | "shifts"> | null;
}

export function NextDraft() {
  const { view } = usePlanParts();
  const [isBusy, setBusy] = useState(false);
  const { from, days, body } = view;
  const { resource } = useFetched(`carried ${from} ${days}`, (signal) =>
    loadCarried(from, days, signal),
  );
  const isRunning = view.suggestion.status === "running";
  // While other days load, the previous days' words and duties are still here.
  const isOfThese =
    hasValue(resource) && resource.value.from === from && resource.value.days === days;
  const carried = isOfThese ? resource.value : null;
  const start = async () => {
    if (!body || !carried) return;
    setBusy(true);
    try {
      // From the current roster: someone may have saved another since.
      await ask(staffingCalls.carry, { body: { from, days } });
      undoHistory.end();
      const last = await lastAgreed(from, days);
      const { units, shifts } = last ?? body;
      view.setRequest({ units: String(units), shifts: (shifts ?? []).join(", ") });
      await suggestPlan(view, { ...body, units, ...(shifts ? { shifts: [...shifts] } : {}) });
    } catch (cause) {
      showToast(failureWords(cause));
    }
    setBusy(false);
  };
  return (
    <section className="monday no-print stack start gap-2 pad-3-4" aria-label="What is next">
      <h2 className="body strong">No plan for these days yet</h2>
      <p>{carried ? draftWords(carried, view.request) : null}</p>
      <Button
        look="filled"
        disabled={!body || isRunning || isBusy || !carried}
        onClick={() => void start()}
      >
        Draft a plan for {dayRange(from, days)}
      </Button>
      <p className="quiet small">
        Patrols keep clear of protected time. You can change them before you approve. Paste this
        week's duty roster under Staffing.
      </p>
    </section>
  );
}

async function loadCarried(from: string, days: number, signal: AbortSignal): Promise<Carried> {
  const before = { from: addDays(from, -7), days };
  const [own, lastWeek, last] = await Promise.all([
    ask(staffingCalls.read, { query: { from, days } }, { signal }),
    ask(staffingCalls.read, { query: before }, { signal }),
    lastAgreed(from, days, signal),
  ]);
  const more = carriedDuties(lastWeek.duties, own.duties, { from, days });
  return { from, days, own, more, last };
}

async function lastAgreed(
  from: string,
  days: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<Carried["last"]> {
  const { plans } = await loadPlans("sergeant", addDays(from, -7), days, signal);
  const agreed = plans.filter(({ status }) => status === "agreed");
  // A night that was planned by itself is not how the week is planned.
  return agreed.sort((one, other) => other.days - one.days)[0] ?? null;
}

/** "With last week's staffing: 14 duties ..." */
export function draftWords(
  { own, more, last }: Carried,
  request: { readonly units: string; readonly shifts: string },
): string {
  const { units, shifts } = last
    ? { units: last.units, shifts: last.shifts.join(", ") }
    : { units: Number(request.units), shifts: request.shifts };
  const hours = shifts.replaceAll("-", " to ");
  const staffed = [
    own.duties.length > 0
      ? `${formatQuantity(own.duties.length, "duty", "duties")} of this week`
      : "",
    more.length > 0
      ? `last week's ${formatQuantity(more.length, "duty", "duties")} for days not staffed yet`
      : "",
  ].filter((part) => part !== "");
  if (staffed.length > 0) return `Shifts ${hours}, with ${staffed.join(" and ")}.`;
  const whose = last ? "As last week: " : "";
  const words = `${formatQuantity(units, "unit")} at a time, shifts ${hours}.`;
  return last ? `${whose}${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}
