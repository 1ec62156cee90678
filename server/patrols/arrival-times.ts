import {
  arrivalTimesOf,
  historyOf,
  type PlanDays,
  scoreSpan,
  trendSpan,
} from "#core/patrols/arrival-times/trend.ts";
import type { ArrivalHistory } from "#core/patrols/arrival-times/unpredictability.ts";
import type { ArrivalTimes } from "#core/patrols/wire/plan.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { approvedArrivals } from "#server/patrols/queries/arrivals.ts";
import type { NewWindow, WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { NewPlan, PlanRow } from "#server/patrols/queries/plans.ts";
import { stands } from "#server/patrols/replies.ts";

/** What the planner varies arrival times from: what is approved in the eight weeks up to a plan's last day, and what it keeps. */
export async function loadHistory(
  tx: Transaction,
  zone: Zone,
  { span, kept }: { readonly span: PlanDays; readonly kept: readonly NewWindow[] },
): Promise<ArrivalHistory> {
  const approved = await approvedArrivals(tx, scoreSpan(zone, span));
  return historyOf(zone, [...approved, ...arrivalsOf(kept)]);
}

/** How hard to predict a plan's arrival times are, and those of the weeks before, from the patrols that are stored. */
export async function loadArrivalTimes(
  tx: Transaction,
  zone: Zone,
  plan: NewPlan | PlanRow,
  windows: readonly (NewWindow | WindowRow)[],
): Promise<ArrivalTimes> {
  const days = { from: plan.startsOn, days: plan.days };
  return arrivalTimesOf(
    { ...days, id: "id" in plan ? plan.id : null, shifts: plan.shifts },
    {
      approved: await approvedArrivals(tx, trendSpan(zone, days)),
      own: arrivalsOf(windows.filter(stands)),
      zone,
    },
  );
}

function arrivalsOf(windows: readonly NewWindow[]) {
  return windows.flatMap(({ stops, shiftStart, shiftEnd }) =>
    stops.map(({ cell, arrive }) => ({ cell, arrive, shiftStart, shiftEnd })),
  );
}
