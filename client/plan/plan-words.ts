import {
  formatCount,
  formatDay,
  formatDecimal,
  formatQuantity,
  formatTimeOfDay,
} from "#client/ui/format.ts";
import { addDays } from "#core/time/zone.ts";
import type { PlanReply, WindowReply, WindowStatus } from "#core/wire/plan.ts";

/** "23 windows suggested: 34 h 15 min on patrol, reaching 31 % of ..." */
export function planSentence(plan: PlanReply): string {
  const standing = plan.windows.filter(isStanding);
  const agreed = standing.filter((window) => window.status === "agreed").length;
  if (standing.length === 0) return `No window stands for ${dayRange(plan.from, plan.days)}.`;
  const state =
    agreed === standing.length
      ? "agreed"
      : agreed === 0
        ? "suggested"
        : `(${formatCount(agreed)} agreed, ${formatCount(standing.length - agreed)} suggested)`;
  const time = formatMinutes(plan.totals.minutes);
  return `${formatQuantity(standing.length, "window")} ${state}: ${time} on patrol, reaching ${formatShare(plan.totals.share)} of the reports expected in the command.`;
}

/** Suggested or agreed: neither withdrawn nor taken away. */
export function isStanding(window: WindowReply): boolean {
  return window.status === "suggested" || window.status === "agreed";
}

export const statusWords: Readonly<Record<WindowStatus, string>> = {
  suggested: "Suggested",
  agreed: "Agreed",
  withdrawn: "Withdrawn",
  unavailable: "No longer available",
  called_off: "Ended early: no longer available",
};

/** "Mon 29 Nov to Sun 5 Dec" */
export function dayRange(from: string, days: number): string {
  if (days === 1) return formatDay(from);
  return `${formatDay(from)} to ${formatDay(addDays(from, days - 1))}`;
}

/** "34 h 15 min" */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${formatCount(hours)} h` : `${formatCount(hours)} h ${rest} min`;
}

/** "31 %", "4.2 %" under ten, and "under 0.1 %". */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent < 0.1) return "under 0.1 %";
  return `${percent < 9.95 ? formatDecimal(percent) : formatCount(percent)} %`;
}

/** "21:05 to 22:25" */
export function timesOf(window: Pick<WindowReply, "start" | "end">): string {
  return `${formatTimeOfDay(window.start)} to ${formatTimeOfDay(window.end)}`;
}

/** The oldest of the checks of the windows that stand; null when one did not pass or none is there. */
export function oldestCheck(plan: PlanReply): string | null {
  const checks = plan.windows.filter(isStanding).map((window) => window.checked);
  const first = checks[0];
  if (!first || checks.some((check) => !check.ok)) return null;
  return checks.reduce(
    (oldest, { at }) => (Date.parse(at) < Date.parse(oldest) ? at : oldest),
    first.at,
  );
}
