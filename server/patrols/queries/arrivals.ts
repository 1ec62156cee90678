import type { ApprovedArrival } from "#core/patrols/arrival-times/trend.ts";
import type { Transaction } from "#server/db/database.ts";

/** Arrivals of patrols that stand approved, of the shifts that start in [from, to). Instants in epoch milliseconds. */
export function approvedArrivals(
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ApprovedArrival[]> {
  return tx.query<ApprovedArrival>(
    `select patrol_window.plan_id::text as "planId",
            to_hex(patrol_stop.cell) as "cell",
            (extract(epoch from patrol_stop.arrives_at) * 1000)::float8 as "arrive",
            (extract(epoch from patrol_window.shift_starts_at) * 1000)::float8 as "shiftStart",
            (extract(epoch from patrol_window.shift_ends_at) * 1000)::float8 as "shiftEnd"
     from patrol_window
     join patrol_stop on patrol_stop.window_id = patrol_window.id
     where patrol_window.status = 'agreed'
       and patrol_window.shift_starts_at >= $1::timestamptz
       and patrol_window.shift_starts_at < $2::timestamptz
       and patrol_window.starts_at >= $1::timestamptz
       and patrol_window.starts_at < $2::timestamptz + interval '1 day'
     order by patrol_stop.arrives_at, patrol_stop.cell, patrol_window.id`,
    [new Date(from), new Date(to)],
  );
}
