import { createMonthlyReturn, periodOfMonth } from "#core/outcomes/monthly-return.ts";
import type { MonthlyReturnReply } from "#core/outcomes/wire/monthly-return.ts";
import type { Actor } from "#core/role.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import type { ActServices } from "#server/acts/services.ts";
import { countingActor } from "#server/db/database.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { readTyped, releasedTotals } from "#server/outcomes/outcomes.ts";
import { readPatrolMonth } from "#server/patrols/patrol-month.ts";
import { Problem } from "#server/problem.ts";

/** What funders ask for of one month; the act's line is written with the first look at the events. */
export async function monthlyReturnOf(
  services: ActServices,
  actor: Actor,
  { month, form }: { readonly month: string; readonly form: "exact" | "shared" },
): Promise<MonthlyReturnReply> {
  refuseOpenMonth(month, services.asAt.date());
  services.addDetail({ month, form });
  const isExact = form === "exact";
  const period = periodOfMonth(month);
  const { rows } = await computeHotspots(
    { ...services, actor },
    { ...period, resolution: 10, measure: "count" },
  );
  // Counted for whoever may ask, as the figures of Outcomes are: an analyst reads no debrief, and is given totals.
  const patrols = await services.db.transaction(
    countingActor,
    (tx) => readPatrolMonth(tx, services, period),
    { readOnly: true, beside: true },
  );
  const { tallies, days } = await readTyped(services);
  const earlier = isExact ? [] : await releasedTotals(services, { isShown: false });
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
