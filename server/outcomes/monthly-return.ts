import type { Query } from "#core/contract/call.ts";
import { createMonthlyReturn, periodOfMonth } from "#core/outcomes/monthly-return.ts";
import type { MonthlyReturnReply, monthlyReturnCalls } from "#core/outcomes/wire/monthly-return.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import type { Act } from "#server/acts/services.ts";
import { countingActor } from "#server/db/database.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { readTyped, releasedTotals } from "#server/outcomes/outcomes.ts";
import { readPatrolMonth } from "#server/patrols/patrol-month.ts";
import { Problem } from "#server/problem.ts";

/** What funders ask for of one month; the act's line is written with the first look at the events. */
export async function readMonthlyReturn(
  act: Act,
  { month, form }: Query<typeof monthlyReturnCalls.read>,
): Promise<MonthlyReturnReply> {
  refuseOpenMonth(month, act.asAt.date());
  act.addDetail({ month, form });
  const isExact = form === "exact";
  const period = periodOfMonth(month);
  const asked = { ...period, resolution: 10, measure: "count" } as const;
  const { rows } = await computeHotspots(act, asked);
  // Counted for whoever may ask, as the figures of Outcomes are: an analyst reads no debrief, and is given totals.
  const patrols = await act.db.transaction(
    countingActor,
    (tx) => readPatrolMonth(tx, act, period),
    { readOnly: true, beside: true },
  );
  const { tallies, days } = await readTyped(act);
  const earlier = isExact ? [] : await releasedTotals(act, { isShown: false });
  return createMonthlyReturn({
    ...{ month, isExact, patrols, tallies, days, earlier },
    hotspots: rows.filter(({ hot }) => hot),
  });
}

/** A month is told once it is over: of one that runs the figures change daily, and two looks would tell a day. */
export function refuseOpenMonth(month: string, today: string): void {
  const { to } = periodOfMonth(month);
  if (to < today) return;
  throw new Problem(
    422,
    "This month is not over",
    `${formatMonth(month)} ends on ${formatDate(to)}. Choose an earlier month.`,
  );
}
