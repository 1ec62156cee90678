import type { Staffing } from "#core/patrols/duty/staffing.ts";
import { usualCoreHours } from "#core/patrols/ground/settings.ts";
import { shiftText } from "#core/patrols/wire/plan.ts";
import * as wire from "#core/patrols/wire/staffing.ts";
import { addDays } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { named, sql } from "#server/db/sql.ts";

/** Of these days, those from `first` on. */
export const onDays = (column: string, { from, days }: wire.DateSpan, first = from) =>
  sql`${named(column)} >= ${first > from ? first : from} and ${named(column)} < ${addDays(from, days)}`;

/** Starting on these days; a week without its own row has the previous week's core hours. */
export async function loadStaffing(
  tx: Transaction,
  span: wire.DateSpan,
): Promise<Required<Staffing>> {
  const duties = await tx.rows(
    wire.duty,
    sql`select ${columnsOf(wire.duty, { as: { duty_date: "date" } })} from staffing_duty
      where ${onDays("duty_date", span)} and patrol_partner is null
      order by duty_date, unit, hours`,
  );
  const tasks = sql`select task_date as date, unit, hours, kind from staffing_task
    where ${onDays("task_date", span)}`;
  const coreHours = await tx.value(
    shiftText,
    sql`select hours from staffing_core where from_date <= ${span.from}
      order by from_date desc limit 1`,
  );
  return {
    duties,
    partnerDuties: await loadPartnerDuties(tx, span),
    tasks: await tx.rows(wire.fixedTask, sql`${tasks} and kind <> 'interview' order by id`),
    interviews: await tx.rows(
      wire.interviewBlock,
      sql`${tasks} and kind = 'interview' order by id`,
    ),
    coreHours: coreHours ?? usualCoreHours,
  };
}

/** Of all patrol partners; of a warden coordinator's, its own. */
export const loadPartnerDuties = (tx: Transaction, span: wire.DateSpan) =>
  tx.rows(
    wire.partnerDuty,
    sql`select ${columnsOf(wire.partnerDuty, { as: { duty_date: "date" } })} from staffing_duty
      where ${onDays("duty_date", span)} and patrol_partner is not null
      order by duty_date, unit, hours`,
  );

/** With police on duty: plans take these from here. */
export async function staffedDates(tx: Transaction, span: wire.DateSpan): Promise<string[]> {
  const rows = await tx.rows(
    wire.duty.pick({ date: true }),
    sql`select distinct duty_date as date from staffing_duty
      where ${onDays("duty_date", span)} and patrol_partner is null order by 1`,
  );
  return rows.map(({ date }) => date);
}
