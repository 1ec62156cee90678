import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import { type PatrolMonth, patrolMonthOf } from "#core/patrols/done/patrol-month.ts";
import {
  minutesInside,
  minutesOf,
  peakEvenings,
  type TeamMonth,
} from "#core/patrols/done/peak-hours.ts";
import { usualCoreHours } from "#core/patrols/ground/settings.ts";
import { shiftText } from "#core/patrols/wire/plan.ts";
import { duty, fixedTask, taskKinds } from "#core/patrols/wire/staffing.ts";
import { addDays } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { begunStops, debriefsOf } from "#server/patrols/debrief.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { minutesByCell, minutesByKind, minutesWithin, toldTwice } from "#server/patrols/visits.ts";

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

const datedHours = z.object({ date, hours: shiftText });

/** Of police units. Inclusive London dates; an evening, a duty or a task belongs to the day on which it begins. */
export async function readTeamMonth(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<TeamMonth> {
  const core = await tx.rows(
    datedHours,
    sql`select from_date as date, hours from staffing_core where from_date <= ${to} order by from_date`,
  );
  const evenings = peakEvenings(zone, { from, to }, { core, usual: usualCoreHours });
  const windows = await plannedWindows(tx, {
    from: zone.startOfDate(from),
    to: zone.startOfDate(addDays(to, 2)),
  });
  const due = windows
    .filter(({ patrolPartner }) => patrolPartner === null)
    .flatMap((window) => begunStops(window))
    .map(({ arrive, depart }) => ({ from: arrive, to: depart }));
  const duties = await tx.rows(
    duty.pick({ date: true, hours: true }),
    sql`select duty_date as date, hours from staffing_duty
      where duty_date between ${from} and ${to} and patrol_partner is null`,
  );
  const tasks = await tx.rows(
    fixedTask.pick({ date: true, hours: true, kind: true }),
    sql`select task_date as date, hours, kind from staffing_task
      where task_date between ${from} and ${to} and kind <> 'interview'`,
  );
  return {
    peakHours: [...new Set(evenings.map(({ hours }) => hours))],
    peak: {
      planned: minutesInside(due, evenings),
      done: await minutesWithin(tx, evenings, asAt.now()),
    },
    duty: minutesOf(zone, duties),
    tasks: taskKinds.map((kind) => ({
      kind,
      minutes: minutesOf(
        zone,
        tasks.filter((task) => task.kind === kind),
      ),
    })),
  };
}
