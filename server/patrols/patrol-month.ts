import { type PatrolMonth, patrolMonthOf } from "#core/patrols/done/patrol-month.ts";
import { addDays } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { begunStops, debriefsOf } from "#server/patrols/debrief.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { minutesByCell, minutesByKind, toldTwice } from "#server/patrols/visits.ts";

/** Inclusive London dates; never who debriefed, nor a reason. */
export async function readPatrolMonth(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<PatrolMonth> {
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(to, 1)) };
  const windows = await plannedWindows(tx, span);
  // A night shift may have begun the day before the month.
  const first = windows.reduce((least, { shiftStart }) => Math.min(least, shiftStart), span.from);
  const debriefs = await debriefsOf(tx, { from: first, to: span.to });
  const until = { ...span, now: asAt.now() };
  const logged = await minutesByCell(tx, until);
  const twice = new Map((await toldTwice(tx, until)).map((spent) => [spent.cell, spent]));
  return patrolMonthOf({
    span,
    byKind: await minutesByKind(tx, until),
    windows: windows.map((window) => ({ ...window, stops: begunStops(window) })),
    debriefs,
    logged: logged.map(({ cell, done, other, visits }) => ({
      cell,
      visits: visits - (twice.get(cell)?.visits ?? 0),
      minutes: done + other - (twice.get(cell)?.minutes ?? 0),
    })),
  });
}
