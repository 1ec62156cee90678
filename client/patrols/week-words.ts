import {
  hardlyWorth,
  type LivingWeek,
  minutesOf,
  type Patrol,
  standing,
} from "#client/patrols/living-week.ts";
import {
  dayRange,
  expectedOf,
  formatMinutes,
  formatShare,
  isStanding,
} from "#client/patrols/plan-words.ts";
import { formatDecimal } from "#client/ui/format.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

/**
 * "20 patrols approved: 38 h on patrol. This covers about 1 in 27 forecast reports (0.9 of 24.4, range 17 to 32).
 * 14 more suggested patrols would add 0.1 at most. 7 of them add under 0.1 together: not worth sending."
 */
export function weekSentence(plan: PlanReply, week: LivingWeek): string {
  const patrols = standing(week.patrols);
  if (patrols.length === 0) return `No patrols for ${dayRange(plan.from, plan.days)}.`;
  const approved = patrols.filter(({ window }) => window.status === "agreed");
  const first = approved.length > 0 ? approved : patrols;
  const state = approved.length > 0 ? "approved" : "suggested";
  const minutes = first.reduce((sum, { window }) => sum + minutesOf(window), 0);
  const reached = sumOf(first);
  const all = forecastOf(plan, patrols);
  const share = all > 0 ? reached / all : 0;
  return [
    `${formatQuantity(first.length, "patrol")} ${state}: ${formatMinutes(minutes)} on patrol.`,
    `This covers ${oneIn(share)} (${formatDecimal(reached)} of ${formatDecimal(all)}${rangeWords(plan)}).`,
    ...moreWords(week, approved.length > 0),
  ].join(" ");
}

/** What the suggested ones would add, and which of them are hardly worth it. */
function moreWords(week: LivingWeek, hasApproved: boolean): string[] {
  const { open } = week;
  if (open.length === 0) return [];
  const weak = hardlyWorth(week);
  const isNone = weak.length === open.length;
  const more = `${formatQuantity(open.length, "more suggested patrol")} would add ${amount(open)} at most`;
  return [
    ...(hasApproved ? [`${more}${isNone ? ": not worth sending" : ""}.`] : []),
    ...(weak.length === 0 || isNone
      ? []
      : [
          `${formatCount(weak.length)} of them ${weak.length === 1 ? "adds" : "add"} ${amount(weak)}${weak.length === 1 ? "" : " together"}: not worth sending.`,
        ]),
  ];
}

function amount(patrols: readonly Patrol[]): string {
  const expected = sumOf(patrols);
  return expected < 0.05 ? "under 0.1" : formatDecimal(expected);
}

function sumOf(patrols: readonly Patrol[]): number {
  return expectedOf(patrols.map(({ window }) => window));
}

/** Reports forecast for the days: by the plan in hand, or where it is empty by another one. */
function forecastOf(plan: PlanReply, patrols: readonly Patrol[]): number {
  const plans = [plan, ...patrols.map((patrol) => patrol.plan)];
  const known = plans.find(({ totals }) => totals.share > 0);
  return known ? expectedOf(known.windows.filter(isStanding)) / known.totals.share : 0;
}

/** A share as a sergeant tells it: "about 1 in 22 forecast reports"; from a half on in percent. */
function oneIn(share: number): string {
  if (share <= 0) return "none of the forecast reports";
  if (share < 0.5) return `about 1 in ${formatCount(Math.round(1 / share))} forecast reports`;
  return `about ${formatShare(share)} of the forecast reports`;
}

/** ", range 17 to 34": of ten such times eight bring so many. */
function rangeWords({ forecast }: PlanReply): string {
  if (!forecast) return "";
  return `, range ${formatCount(forecast.total.low)} to ${formatCount(forecast.total.high)}`;
}
