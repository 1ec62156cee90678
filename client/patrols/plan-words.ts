import { formatDecimal, formatTimeOfDay } from "#client/ui/format.ts";
import { closeEnough } from "#core/patrols/ground/settings.ts";
import { toFiveMinutes } from "#core/patrols/ground/words.ts";
import { riseSentences, risesHolding } from "#core/patrols/plan/waiting.ts";
import type { Rise } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply, WindowStatus } from "#core/patrols/wire/plan.ts";
import { unitsLike, unitsOf } from "#core/patrols/wire/unit.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** "P12-3, Mon 29 Nov to Sun 5 Dec" */
export function planTitle(plan: PlanReply): string {
  const days = dayRange(plan.from, plan.days);
  return plan.number ? `${plan.number}, ${days}` : days;
}

/** "0.1% to 0.3%": a window's share of the expected reports; null where unknown. */
export function shareRange({ range, expected, share }: WindowReply): string | null {
  if (!range || expected <= 0) return null;
  const shareOf = (value: number) => formatShare((value * share) / expected);
  const [low, high] = [shareOf(range.low), shareOf(range.high)];
  return low === high ? null : `${low} to ${high}`;
}

export function expectedOf(windows: readonly WindowReply[]): number {
  return windows.reduce((all, window) => all + window.expected, 0);
}

/** Highest worth first, then earliest. */
export function byWorth(windows: readonly WindowReply[]): readonly WindowReply[] {
  return [...windows].sort(
    (a, b) => b.expected - a.expected || Date.parse(a.start) - Date.parse(b.start),
  );
}

export const bestCount = 10;

/** "Alpha Road" from "Fore Street by Alpha Road"; drops "the" and any distance. */
export function shortPlace(place: string): string {
  const [first = place] = place.split(", ");
  const name = / by (.+)$/.exec(first)?.[1] ?? first;
  return name.replace(/^the /i, "");
}

/** "about 21:05", rounded as on paper: stops are an order with approximate times. */
export function aboutTime(instant: string): string {
  return `about ${formatTimeOfDay(toFiveMinutes(Date.parse(instant)))}`;
}

/** "8 approved and 16 suggested patrols" */
export function standingWords(plan: PlanReply): string {
  const standing = plan.windows.filter(isStanding);
  const agreed = standing.filter((window) => window.status === "agreed").length;
  const open = standing.length - agreed;
  if (open === 0) return formatQuantity(agreed, "approved patrol");
  if (agreed === 0) return formatQuantity(open, "suggested patrol");
  return `${formatCount(agreed)} approved and ${formatQuantity(open, "suggested patrol")}`;
}

/** Suggested or agreed: neither withdrawn nor taken away. */
export function isStanding(window: WindowReply): boolean {
  return window.status === "suggested" || window.status === "agreed";
}

/** Taken away by a change of keep-clear times: never why. */
export function isLost({ status }: WindowReply): boolean {
  return status === "unavailable" || status === "called_off";
}

export const statusWords: Readonly<Record<WindowStatus, string>> = {
  suggested: "Suggested",
  agreed: "Approved",
  withdrawn: "Withdrawn",
  unavailable: "No longer available",
  called_off: "Ended early: no longer available",
};

/** "Mon 29 Nov to Sun 5 Dec" */
export function dayRange(from: string, days: number): string {
  if (days === 1) return formatDay(from);
  return `${formatDay(from)} to ${formatDay(addDays(from, days - 1))}`;
}

export const noConflictWords = "No keep-clear conflict";

/** "34 h 15 min" */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${formatCount(hours)} h` : `${formatCount(hours)} h ${rest} min`;
}

/** "31%", "4.2%" under ten, and "under 0.1%". */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent < 0.1) return "under 0.1%";
  return `${percent < 9.95 ? formatDecimal(percent) : formatCount(percent)}%`;
}

/** "21:05 to 22:25" */
export function timesOf(window: Pick<WindowReply, "start" | "end">): string {
  return `${formatTimeOfDay(window.start)} to ${formatTimeOfDay(window.end)}`;
}

/** Of police: all up to the highest number; on staffed dates from the duties. */
export function policeUnits(plan: PlanReply): number[] {
  const out = plan.windows.filter(({ patrolPartner }) => !patrolPartner);
  return unitsLike(0, Math.max(unitsOf(plan), ...out.map(({ unit }) => unit)));
}

/** "unit 2 by cycle"; on foot needs no words. */
export function unitWords(title: string, { mode }: Pick<WindowReply, "mode">): string {
  const unit = title.toLowerCase();
  return mode === "foot" ? unit : `${unit} by ${mode}`;
}

export function stoppedWords({ stopped, gap }: Pick<PlanReply, "stopped" | "gap">): string {
  if (stopped === "time") {
    return "Stopped because time ran out. Suggesting again may find a better plan.";
  }
  const why =
    stopped === "optimal"
      ? "Proven: no better plan exists."
      : gap <= closeEnough
        ? "Stopped because it was close enough to the best."
        : // Its rounds were used up, or times that were varied took it further off.
          "Stopped before time ran out.";
  return `${why} The same days, units, shifts and reports give the same plan again.`;
}

/** Why a suggested patrol cannot be approved yet; null where it can. */
export function waitingWords(rises: readonly Rise[], window: WindowReply): string | null {
  if (window.status !== "suggested") return null;
  const cells = window.stops.map(({ cell }) => cell);
  const holding = risesHolding(rises, { date: window.start.slice(0, 10), cells });
  return holding.length === 0 ? null : riseSentences(holding).join(" ");
}
