import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";

type PlanPage = "ask" | "attended" | "staffing" | "debrief" | "forecast";

export function openPage(page: PlanPage): void {
  open({ view: page });
}

export function openBriefing(planId: string): void {
  open({ view: "briefing", plan: planId });
}

export function backToPlan(): void {
  open({ view: "" });
}

/** The rest of the address stays: days, shifts and the plan that was chosen. */
function open(params: Readonly<Record<string, string>>): void {
  navigate("plan", { ...address.get().params, ...params });
}

export function BackToPlan() {
  return (
    <Button icon="back" onClick={backToPlan}>
      Plan
    </Button>
  );
}

export function PlanPageHead({ title }: { readonly title?: string }) {
  return (
    <header className="no-print row wrap middle still gap-2-3">
      <BackToPlan />
      {title === undefined ? null : <h2 className="title strong">{title}</h2>}
    </header>
  );
}
