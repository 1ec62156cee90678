import { openCheck, type PlanReply, type WindowReply } from "#core/patrols/wire/plan.ts";

/** A plan without its checks, which every reply makes afresh. */
export function withoutChecks(plan: PlanReply | undefined) {
  return plan && { ...plan, windows: plan.windows.map(withoutCheck) };
}

export function withoutCheck(window: WindowReply) {
  return { ...window, checked: null };
}

/** Whether the check passed, however old; null where there is none. */
export function isClear({ checked }: Pick<WindowReply, "checked">): boolean | null {
  return checked && (openCheck(checked, 0)?.ok ?? null);
}

/** When it was made, in epoch milliseconds; NaN where there is none. */
export function checkedAt(window: Pick<WindowReply, "checked"> | undefined): number {
  return Date.parse((window?.checked && openCheck(window.checked, 0)?.at) ?? "");
}
