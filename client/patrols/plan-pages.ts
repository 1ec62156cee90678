import { address, navigate } from "#client/state/url.ts";

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
