import { horizonOf } from "#core/protected-time/protected.ts";
import { freshDays, horizonWeeks, planDays } from "#core/protected-time/settings.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

export interface CalendarKnowledge {
  /** The last confirmation; null if there was none. */
  readonly report: CalendarReport | null;
  /** Last London date covered; null for no end. */
  readonly knownUntil: string | null;
}

export interface CalendarReport {
  readonly state: "confirmed" | "unreadable";
  readonly at: number;
  /** The partner said that nothing changes until then. */
  readonly pausedUntil: string | null;
}

export interface PlanPeriod {
  readonly planFrom: number;
  readonly planTo: number;
  readonly now: number;
}

/**
 * Whether a plan may be made at all (DEFINITIONS, Freshness). `assumed`: some calendar was not
 * confirmed lately, so its last pattern stays closed, widened. The reasons neither name nor number
 * partners: police must learn neither.
 */
export type CalendarState =
  | { readonly ok: true; readonly calendarsAsAt: number; readonly assumed: boolean }
  | { readonly ok: false; readonly reason: string };

export function judgeCalendars(
  zone: Zone,
  calendars: readonly CalendarKnowledge[],
  period: PlanPeriod,
): CalendarState {
  if (calendars.length === 0) {
    return refuse("no outreach partner has been added, so it is not known when to keep clear");
  }
  if (period.planTo > horizonOf(period.now)) {
    return refuse(`protected time is not known more than ${horizonWeeks} weeks ahead`);
  }
  let calendarsAsAt = period.now;
  let assumed = false;
  for (const { report, knownUntil } of calendars) {
    if (report === null) return refuse("an outreach calendar has not been confirmed yet");
    if (report.state === "unreadable") return refuse("an outreach calendar could not be read");
    if (knownUntil !== null && lastDayOf(zone, period) > knownUntil) {
      return refuse("an outreach calendar is not known that far ahead");
    }
    calendarsAsAt = Math.min(calendarsAsAt, report.at);
    if (!isFresh(zone, report, period)) assumed = true;
  }
  return { ok: true, calendarsAsAt, assumed };
}

function refuse(reason: string): CalendarState {
  return { ok: false, reason: `No suggestion: ${reason}.` };
}

/**
 * Confirmed within 7 days, and the plan ends at most 14 days after that; both by London dates. A
 * partner's pause counts as confirmation for every plan that ends within it.
 */
export function isFresh(zone: Zone, report: CalendarReport, period: PlanPeriod): boolean {
  if (report.state !== "confirmed") return false;
  const today = zone.dateOf(period.now);
  const lastDay = lastDayOf(zone, period);
  const confirmed = zone.dateOf(report.at);
  // After a clock was set back no confirmation is fresh.
  if (confirmed > today) return false;
  if (report.pausedUntil !== null && lastDay <= report.pausedUntil) return true;
  return today <= addDays(confirmed, freshDays) && lastDay <= addDays(confirmed, planDays);
}

/** A plan that ends at midnight has its last day before it. */
function lastDayOf(zone: Zone, { planTo }: PlanPeriod): string {
  return zone.dateOf(planTo - 1);
}
