import { z } from "zod";
import { date } from "#core/contract/fields.ts";
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
import { begunStops } from "#server/patrols/debrief.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import { minutesWithin } from "#server/patrols/visits.ts";

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
