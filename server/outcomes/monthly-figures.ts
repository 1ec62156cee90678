import type { Query } from "#core/contract/call.ts";
import { createMonthlyFigures, periodOfMonth } from "#core/outcomes/monthly-figures.ts";
import type {
  MonthlyFiguresReply,
  monthlyFiguresCalls,
} from "#core/outcomes/wire/monthly-figures.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import type { Act } from "#server/acts/services.ts";
import { countingActor } from "#server/db/database.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { readTyped, releasedTotals } from "#server/outcomes/outcomes.ts";
import { readPatrolMonth } from "#server/patrols/team-month.ts";
import { Problem } from "#server/problem.ts";

/** The audit line is written when the events are first read. */
export async function readMonthlyFigures(
  act: Act,
  { month, form }: Query<typeof monthlyFiguresCalls.read>,
): Promise<MonthlyFiguresReply> {
  refuseOpenMonth(month, act.asAt.date());
  act.addDetail({ month, form });
  const isExact = form === "exact";
  const period = periodOfMonth(month);
  const asked = { ...period, resolution: 10, measure: "count" } as const;
  const { rows } = await computeHotspots(act, asked);
  // Counted regardless of the caller's rights, like the figures of Outcomes: an analyst reads no
  // debrief, only totals.
  const patrols = await act.db.transaction(
    countingActor,
    (tx) => readPatrolMonth(tx, act, period),
    { readOnly: true, beside: true },
  );
  const { tallies, days } = await readTyped(act);
  const earlier = isExact ? [] : await releasedTotals(act, { isShown: false });
  return createMonthlyFigures({
    ...{ month, isExact, patrols, tallies, days, earlier },
    hotspots: rows.filter(({ hot }) => hot),
  });
}

/** Only past months: two looks at a running one would reveal a single day. */
export function refuseOpenMonth(month: string, today: string): void {
  const { to } = periodOfMonth(month);
  if (to < today) return;
  throw new Problem(
    422,
    "This month is not over",
    `${formatMonth(month)} ends on ${formatDate(to)}. Choose an earlier month.`,
  );
}
