import type { H3Cell } from "#core/geo/cell.ts";
import {
  type Arrival,
  type ArrivalHistory,
  arrivalScore,
  arrivalWeeks,
  halfHoursDuring,
  halfHoursOfTexts,
} from "#core/patrols/arrival-times/unpredictability.ts";
import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

export interface ApprovedArrival extends Arrival {
  readonly planId: string;
  readonly shiftStart: number;
  readonly shiftEnd: number;
}

/** London dates; a shift belongs to the date on which it starts. */
export interface PlanDays {
  readonly from: string;
  readonly days: number;
}

/** The week before a plan, whose score is told beside its own. */
const weekBefore = ({ from }: PlanDays): PlanDays => ({ from: addDays(from, -7), days: 7 });

/** Instants [from, to) of the shifts that a plan's score and that of the week before look back to. */
export function trendSpan(zone: Zone, plan: PlanDays) {
  return { from: scoreSpan(zone, weekBefore(plan)).from, to: scoreSpan(zone, plan).to };
}

/** Instants [from, to) of the shifts behind a plan's score: eight weeks up to its last day. */
export function scoreSpan(zone: Zone, { from, days }: PlanDays) {
  const end = addDays(from, days);
  return {
    from: zone.startOfDate(addDays(end, -7 * arrivalWeeks)),
    to: zone.startOfDate(end),
  };
}

export function historyOf(
  zone: Zone,
  arrivals: readonly Omit<ApprovedArrival, "planId">[],
): ArrivalHistory {
  return {
    arrivals: arrivals.map(({ cell, arrive }) => ({ cell, arrive })),
    halfHours: halfHoursDuring(
      zone,
      arrivals.map(({ shiftStart: start, shiftEnd: end }) => ({ start, end })),
    ),
  };
}

/**
 * The score of a plan and of the week before it. A week's score is over the places that were visited in it, by all arrivals there in the
 * eight weeks up to its end; that of a plan counts what it suggests as if it were approved. `approved`: those of
 * `trendSpan`, the plan's own among them or not; `own`: what of the plan stands.
 */
export function arrivalTimesOf(
  plan: PlanDays & { readonly id: string | null; readonly shifts: readonly string[] },
  given: {
    readonly approved: readonly ApprovedArrival[];
    readonly own: readonly Omit<ApprovedArrival, "planId">[];
    readonly zone: Zone;
  },
): ArrivalTimes {
  const { approved, own, zone } = given;
  const all = [...approved.filter(({ planId }) => planId !== plan.id), ...own];
  const scoreOf = (days: PlanDays, shifts: readonly string[]) => {
    const { from, to } = scoreSpan(zone, days);
    const first = zone.startOfDate(days.from);
    const within = all.filter(({ shiftStart }) => shiftStart >= from && shiftStart < to);
    const { arrivals, halfHours } = historyOf(zone, within);
    const places = new Set<H3Cell>(
      within.filter(({ shiftStart }) => shiftStart >= first).map(({ cell }) => cell),
    );
    const permitted = [...halfHoursOfTexts(shifts), ...halfHours];
    const { score, guessed } = arrivalScore(arrivals, places, permitted, zone);
    return { score: rounded(score), guessed: rounded(guessed) };
  };
  return { ...scoreOf(plan, plan.shifts), before: scoreOf(weekBefore(plan), []) };
}

function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1e4) / 1e4;
}
