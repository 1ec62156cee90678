import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import {
  type ApprovedArrival,
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
import { sql } from "#server/db/sql.ts";
import type { NewWindow, WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { NewPlan, PlanRow } from "#server/patrols/queries/plans.ts";
import { stands } from "#server/patrols/replies.ts";

/** Approved windows of the eight weeks up to the plan's last day, and those it keeps. */
export async function loadHistory(
  tx: Transaction,
  zone: Zone,
  { span, kept }: { readonly span: PlanDays; readonly kept: readonly NewWindow[] },
): Promise<ArrivalHistory> {
  const approved = await approvedArrivals(tx, scoreSpan(zone, span));
  return historyOf(zone, [...approved, ...arrivalsOf(kept)]);
}

/** How hard to predict a plan's arrival times are, and those of the week before, from the patrols that are stored. */
export async function loadArrivalTimes(
  tx: Transaction,
  zone: Zone,
  plan: NewPlan | PlanRow,
  windows: readonly (NewWindow | WindowRow)[],
): Promise<ArrivalTimes> {
  const { from, days, shifts } = plan;
  return arrivalTimesOf(
    { from, days, shifts, id: "id" in plan ? plan.id : null },
    {
      approved: await approvedArrivals(tx, trendSpan(zone, plan)),
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

const approvedArrival = z.object({
  planId: z.string(),
  cell: eventCell,
  arrive: z.number(),
  shiftStart: z.number(),
  shiftEnd: z.number(),
});

/** For shifts starting in [from, to); epoch milliseconds. */
function approvedArrivals(
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ApprovedArrival[]> {
  const [first, last] = [new Date(from), new Date(to)];
  return tx.rows(
    approvedArrival,
    sql`select plan_id, cell, arrives_at as arrive, shift_starts_at as shift_start,
        shift_ends_at as shift_end
      from patrol_window
      join patrol_stop on window_id = id
      where status = 'agreed'
        and shift_starts_at >= ${first} and shift_starts_at < ${last}
        and starts_at >= ${first} and starts_at < ${last}::timestamptz + interval '1 day'
      order by arrives_at, cell, id`,
  );
}
