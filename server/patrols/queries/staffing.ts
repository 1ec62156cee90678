import type { Staffing } from "#core/patrols/staffing.ts";
import type { Duty, FixedTask, InterviewBlock } from "#core/patrols/wire/staffing.ts";
import type { Transaction } from "#server/db/database.ts";

export interface DateSpan {
  /** London date. */
  readonly from: string;
  readonly days: number;
}

/** What begins on these days; without a row of its own a week has the core hours of the one before. */
export async function loadStaffing(
  tx: Transaction,
  { from, days }: DateSpan,
  usualCoreHours: string,
): Promise<Staffing> {
  const duties = await tx.query<Duty>(
    `select to_char(duty_date, 'YYYY-MM-DD') as "date",
       unit::int as "unit",
       hours as "hours",
       mode as "mode"
     from staffing_duty
     where duty_date >= $1::date and duty_date < $1::date + $2::int
     order by duty_date, unit, hours`,
    [from, days],
  );
  const tasks = await tx.query<Omit<FixedTask, "kind"> & { kind: FixedTask["kind"] | "interview" }>(
    `select to_char(task_date, 'YYYY-MM-DD') as "date",
       unit::int as "unit",
       hours as "hours",
       kind as "kind"
     from staffing_task
     where task_date >= $1::date and task_date < $1::date + $2::int
     order by id`,
    [from, days],
  );
  const core = await tx.query<{ hours: string }>(
    `select hours as "hours"
     from staffing_core
     where from_date <= $1::date
     order by from_date desc
     limit 1`,
    [from],
  );
  return {
    duties,
    tasks: tasks.flatMap(({ kind, ...rest }) => (kind === "interview" ? [] : [{ ...rest, kind }])),
    interviews: tasks.flatMap(({ kind, ...rest }): InterviewBlock[] =>
      kind === "interview" ? [rest] : [],
    ),
    coreHours: core[0]?.hours ?? usualCoreHours,
  };
}

const lockNumber = 7_312;

/** All who write staffing wait for each other here, until their transactions end. */
export async function lockStaffing(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock($1::bigint)", [lockNumber]);
}

/** What is given takes the place of all that begins on these days. */
export async function replaceStaffing(
  tx: Transaction,
  { from, days }: DateSpan,
  { duties, tasks, interviews, coreHours }: Staffing,
): Promise<void> {
  const span = [from, days] as const;
  await tx.query(
    "delete from staffing_duty where duty_date >= $1::date and duty_date < $1::date + $2::int",
    span,
  );
  await tx.query(
    "delete from staffing_task where task_date >= $1::date and task_date < $1::date + $2::int",
    span,
  );
  await tx.query("delete from staffing_core where from_date = $1::date", [from]);
  await insertDuties(tx, duties);
  const all = [...tasks, ...interviews.map((block) => ({ ...block, kind: "interview" }))];
  await tx.query(
    `insert into staffing_task (task_date, unit, hours, kind)
     select given.*
     from unnest($1::date[], $2::int[], $3::text[], $4::text[]) as given`,
    [
      all.map((task) => task.date),
      all.map((task) => task.unit),
      all.map((task) => task.hours),
      all.map((task) => task.kind),
    ],
  );
  await tx.query("insert into staffing_core (from_date, hours) values ($1::date, $2::text)", [
    from,
    coreHours,
  ]);
}

export async function insertDuties(tx: Transaction, duties: readonly Duty[]): Promise<void> {
  await tx.query(
    `insert into staffing_duty (duty_date, unit, hours, mode)
     select given.*
     from unnest($1::date[], $2::int[], $3::text[], $4::text[]) as given`,
    [
      duties.map((duty) => duty.date),
      duties.map((duty) => duty.unit),
      duties.map((duty) => duty.hours),
      duties.map((duty) => duty.mode),
    ],
  );
}

/** Dates on which anybody is on duty: those that a plan takes from here. */
export async function staffedDates(tx: Transaction, { from, days }: DateSpan): Promise<string[]> {
  const rows = await tx.query<{ date: string }>(
    `select distinct to_char(duty_date, 'YYYY-MM-DD') as "date"
     from staffing_duty
     where duty_date >= $1::date and duty_date < $1::date + $2::int
     order by 1`,
    [from, days],
  );
  return rows.map(({ date }) => date);
}
