import { z } from "zod";
import type { Query } from "#core/contract/call.ts";
import { createGuarantee } from "#core/outcomes/guarantee.ts";
import { createMonthlyFigures, monthsOver, periodOfMonth } from "#core/outcomes/monthly-figures.ts";
import type {
  guaranteeCalls,
  MonthlyFiguresReply,
  monthlyFiguresCalls,
} from "#core/outcomes/wire/monthly-figures.ts";
import { formatDate, formatMonth } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { countingActor, type Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { readTyped, releasedTotals } from "#server/outcomes/outcomes.ts";
import { readPatrolMonth, readTeamMonth } from "#server/patrols/team-month.ts";
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
    month,
    isExact,
    patrols,
    tallies,
    days,
    earlier,
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

export async function readGuarantee(
  act: Act,
  { month, form }: Query<typeof guaranteeCalls.read>,
): Promise<MonthlyFiguresReply> {
  refuseOpenMonth(month, act.asAt.date());
  act.addDetail({ month, form });
  const period = periodOfMonth(month);
  const after = addDays(period.to, 1);
  const [, , renewedSince = month] = monthsOver(after, 3);
  const found = await act.db.transaction(
    countingActor,
    async (tx) => ({
      team: await readTeamMonth(tx, act, period),
      priorities: await countPriorities(tx, {
        before: act.zone.startOfDate(after),
        since: act.zone.startOfDate(`${renewedSince}-01`),
      }),
      withoutDebrief: (await readPatrolMonth(tx, act, period)).withoutDebrief,
    }),
    { readOnly: true, beside: true },
  );
  const { tallies } = await readTyped(act);
  return createGuarantee({ month, isExact: form === "exact", ...found, tallies });
}

/** Place plans as they stood at `before`, from the states that they had. */
const countPriorities = (
  tx: Transaction,
  { before, since }: { readonly before: number; readonly since: number },
) =>
  tx.one(
    z.object({ open: z.int(), old: z.int() }),
    sql`select count(*) as open, count(*) filter (where changed_at < ${new Date(since)}) as old
      from (
        select distinct on (plan_id) changed_at, content ->> 'state' as state
        from place_plan_revision where changed_at < ${new Date(before)}
        order by plan_id, revision desc
      ) as last
      where state <> 'closed'`,
  );
