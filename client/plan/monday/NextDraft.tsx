import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { carriedDuties } from "#client/plan/monday/carry-over.ts";
import { loadPlans } from "#client/plan/plan-api.ts";
import { readRequest } from "#client/plan/plan-request.ts";
import { dayRange } from "#client/plan/plan-words.ts";
import { loadStaffing, saveStaffing } from "#client/plan/staffing/staffing-api.ts";
import { suggestPlan } from "#client/plan/suggest-plan.ts";
import type { PlanView } from "#client/plan/use-plan.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { addDays } from "#core/time/zone.ts";
import type { PlanReply } from "#core/wire/plan.ts";
import type { Duty, StaffingReply } from "#core/wire/staffing.ts";

interface Carried {
  /** Of these days as it stands, and last week's duties for those that nobody has staffed. */
  readonly own: StaffingReply;
  readonly more: readonly Duty[];
  /** Last week's agreed plan, whose units and shifts go on; null where there was none. */
  readonly last: Pick<PlanReply, "units" | "shifts"> | null;
}

/** The draft of these days in one press, with who was out last week. */
export function NextDraft({ view }: { readonly view: PlanView }) {
  const [isBusy, setBusy] = useState(false);
  const read = readRequest(view.request);
  const { from, days } = view;
  const { resource } = useFetched(`carried ${from} ${days}`, (signal) =>
    loadCarried(from, days, signal),
  );
  const isAskable = read.ok && Object.keys({ ...view.faults, ...view.outOfReach }).length === 0;
  const isRunning = view.suggestion.status === "running";
  const carried = hasValue(resource) ? resource.value : null;
  const start = async () => {
    if (!read.ok || !carried) return;
    setBusy(true);
    try {
      const { own, more, last } = carried;
      if (more.length > 0) {
        const { duties, tasks, interviews, coreHours } = own;
        const body = { duties: [...duties, ...more], tasks, interviews, coreHours };
        await saveStaffing({ from, days }, body);
      }
      const { units, shifts } = last ?? read.value;
      view.setRequest({ units: String(units), shifts: (shifts ?? []).join(", ") });
      await suggestPlan(view, { ...read.value, units, ...(shifts ? { shifts: [...shifts] } : {}) });
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  return (
    <section className="monday no-print" aria-label="What is next">
      <h3>No plan for these days yet</h3>
      <p>{carried ? draftWords(carried, view.request) : null}</p>
      <Button
        look="filled"
        disabled={!isAskable || isRunning || isBusy || !carried}
        onClick={() => void start()}
      >
        Make the draft for {dayRange(from, days)}
      </Button>
      <p className="quiet small">
        Every window of it keeps clear of protected time. It can be moved, stretched, split, locked
        and suggested anew before anything is agreed; Staffing takes this week's duty roster.
      </p>
    </section>
  );
}

async function loadCarried(from: string, days: number, signal: AbortSignal): Promise<Carried> {
  const before = { from: addDays(from, -7), days };
  const [own, lastWeek, plans] = await Promise.all([
    loadStaffing({ from, days }, signal),
    loadStaffing(before, signal),
    loadPlans(before.from, days, signal),
  ]);
  const last = plans.plans.find(({ status }) => status === "agreed") ?? null;
  return { own, more: carriedDuties(lastWeek.duties, own.duties, { from, days }), last };
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
      ? `last week's ${formatQuantity(more.length, "duty", "duties")} for the days that nobody has staffed`
      : "",
  ].filter((part) => part !== "");
  if (staffed.length > 0) return `Shifts ${hours}, with ${staffed.join(" and ")}.`;
  const whose = last ? "As last week: " : "";
  const words = `${formatQuantity(units, "unit")} at a time, shifts ${hours}.`;
  return last ? `${whose}${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}
