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
 * "37 patrols suggested, 60 h, at the busiest places in their busiest hours; no plan with these shifts covers over 2% more.
 * 7 patrols add almost nothing." What it covers of the forecast is behind "How good is this plan?".
 */
export function weekSentence(plan: PlanReply, week: LivingWeek, isOwn = false): string {
  const patrols = standing(week.patrols);
  if (patrols.length === 0) return `No patrols for ${dayRange(plan.from, plan.days)}.`;
  if (isOwn) return `${countWords(patrols)}.`;
  return [
    `${countWords(patrols)}${whereWords(patrols)}${boundWords(plan, week)}.`,
    ...littleWords(patrols, week),
  ].join(" ");
}

/** "20 of 37 patrols approved, 28 h 55 min of 60 h 20 min" */
function countWords(patrols: readonly Patrol[]): string {
  const approved = patrols.filter(({ window }) => window.status === "agreed");
  const all = formatMinutes(minutesOfAll(patrols));
  if (approved.length === 0) return `${formatQuantity(patrols.length, "patrol")} suggested, ${all}`;
  if (approved.length === patrols.length) {
    return `${formatQuantity(patrols.length, "patrol")} approved, ${all}`;
  }
  return `${formatCount(approved.length)} of ${formatQuantity(patrols.length, "patrol")} approved, ${formatMinutes(minutesOfAll(approved))} of ${all}`;
}

/** Makes no claim about plans put together by hand. */
function whereWords(patrols: readonly Patrol[]): string {
  if (patrols.some(({ plan }) => plan.origin !== "planner")) return "";
  const isTimed = patrols.every(({ plan }) => (plan.forecast?.method.timed ?? 1) >= 0.5);
  return isTimed
    ? ", at the busiest places in their busiest hours"
    : ", at the busiest places (most reports have no time of day: any hour of a shift counts alike)";
}

/** What any plan of the same shifts could cover beyond it, for an unchanged suggestion. */
function boundWords({ id, asSuggested, gap }: PlanReply, { patrols }: LivingWeek): string {
  if (!asSuggested || patrols.some(({ plan }) => plan.id !== id)) return "";
  // Never told smaller than it is, but for what is lost in the last digits of a sum.
  const more = Math.ceil(100 * gap - 1e-9);
  return `; no plan with these shifts covers ${more > 0 ? `over ${formatCount(more)}% ` : ""}more`;
}

function littleWords(patrols: readonly Patrol[], week: LivingWeek): string[] {
  const isLittle = patrols.every(({ window }) => window.expected < 1 / 52);
  if (isLittle) return ["Each covers under 1 report a year."];
  const weak = hardlyWorth(week).length;
  if (weak === 0) return [];
  return weak === 1
    ? ["1 suggested patrol adds almost nothing."]
    : [`${formatCount(weak)} suggested patrols add almost nothing.`];
}

/** "Covers about 1 in 20 forecast reports: 1.2 of 24.4 (17 to 32)." */
export function coverageSentence(plan: PlanReply, week: LivingWeek): string {
  const patrols = standing(week.patrols);
  const reached = expectedOf(patrols.map(({ window }) => window));
  const all = forecastOf(plan, patrols);
  const share = all > 0 ? reached / all : 0;
  return `Covers ${oneIn(share)}: ${formatDecimal(reached)} of ${formatDecimal(all)}${rangeWords(plan)}.`;
}

function minutesOfAll(patrols: readonly Patrol[]): number {
  return patrols.reduce((sum, { window }) => sum + minutesOf(window), 0);
}

/** By the current plan, or another one where it is empty. */
function forecastOf(plan: PlanReply, patrols: readonly Patrol[]): number {
  const plans = [plan, ...patrols.map((patrol) => patrol.plan)];
  const known = plans.find(({ totals }) => totals.share > 0);
  return known ? expectedOf(known.windows.filter(isStanding)) / known.totals.share : 0;
}

/** "about 1 in 22 forecast reports"; in percent from a half. */
function oneIn(share: number): string {
  if (share <= 0) return "none of the forecast reports";
  if (share < 0.5) return `about 1 in ${formatCount(Math.round(1 / share))} forecast reports`;
  return `about ${formatShare(share)} of the forecast reports`;
}

/** " (17 to 34)": the 80% interval, once one is learnt. */
function rangeWords({ forecast }: PlanReply): string {
  if (!forecast) return "";
  const { low, high } = forecast.total;
  if (low === undefined || high === undefined) return " (no 80% range yet)";
  return ` (${formatCount(low)} to ${formatCount(high)})`;
}
