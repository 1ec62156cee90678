import type { PlanForecast } from "#core/patrols/finish.ts";
import type { ChosenForecast } from "#core/patrols/forecast/choice.ts";
import type { PlanOptions } from "#core/patrols/wire/plan.ts";
import type { Transaction } from "#server/db/database.ts";

export interface RefusedShift {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Made by the planner, copied from the week before, or put together by hand. */
export type PlanOrigin = "planner" | "last_week" | "by_hand";

export interface NewPlan {
  /** The planner where nothing else is said. */
  readonly origin?: PlanOrigin;
  readonly startsOn: string;
  readonly days: number;
  readonly units: number;
  readonly shifts: readonly string[];
  readonly seed: number;
  readonly asAt: string;
  readonly expectedTotal: number;
  /** Null for plans from before it was told. */
  readonly forecast: PlanForecast | null;
  /** Which forecast was chosen when it was made; null where none was: the average of ways. */
  readonly chosen: ChosenForecast | null;
  readonly objective: number;
  readonly bound: number;
  readonly gap: number;
  readonly greedy: number;
  readonly seconds: number;
  readonly stopped: "optimal" | "gap" | "time";
  readonly refused: readonly RefusedShift[];
  readonly calendarsAsAt: number | null;
  /** What it was asked for; null for plans from before there were options. */
  readonly options: PlanOptions | null;
}

export interface PlanRow extends NewPlan {
  readonly id: string;
  readonly revision: number;
  readonly status: "suggested" | "agreed" | "withdrawn";
  readonly createdBy: string;
  readonly agreedAt: number | null;
  readonly createdAt: number;
  /** When one of its windows last got its time, place or end, from whomever. */
  readonly changedAt: number;
}

export async function insertPlan(
  tx: Transaction,
  plan: NewPlan,
  made: { readonly at: number; readonly by: string },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `insert into patrol_plan (
       starts_on, day_count, unit_count, shifts, seed, as_at, expected_total, objective, bound,
       gap, greedy, seconds, stopped, refused, calendars_as_at, created_at, created_by, forecast, options,
       origin
     )
     values (
       $1::date, $2::int, $3::int, $4::text[], $5::bigint, $6::date, $7::float8, $8::float8,
       $9::float8, $10::float8, $11::float8, $12::float8, $13::text, $14::text::jsonb,
       $15::timestamptz, $16::timestamptz, $17::text, $18::text::jsonb,
       $19::text::jsonb, $20::text
     )
     returning id::text as "id"`,
    [
      plan.startsOn,
      plan.days,
      plan.units,
      plan.shifts,
      plan.seed,
      plan.asAt,
      plan.expectedTotal,
      plan.objective,
      plan.bound,
      plan.gap,
      plan.greedy,
      plan.seconds,
      plan.stopped,
      JSON.stringify(plan.refused),
      plan.calendarsAsAt === null ? null : new Date(plan.calendarsAsAt),
      new Date(made.at),
      made.by,
      forecastJson(plan),
      plan.options === null ? null : JSON.stringify(plan.options),
      plan.origin ?? "planner",
    ],
  );
  return rows[0]?.id ?? "";
}

/** Both in one column; a plan that was put together by hand has no figures of the planner. */
function forecastJson({ forecast, chosen }: NewPlan): string | null {
  return forecast || chosen ? JSON.stringify({ ...forecast, ...(chosen ? { chosen } : {}) }) : null;
}

/**
 * The plan that a suggestion of the planner for these days can be part of, held until the transaction ends; its id. Of
 * the same person and days, with agreed patrols, and asked for by the same rules and forecast: a plan has one set of them.
 */
export async function findPlanToJoin(
  tx: Transaction,
  person: string,
  { startsOn, days, options, chosen, origin = "planner" }: NewPlan,
): Promise<string | null> {
  if (origin !== "planner" || options === null) return null;
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id"
     from patrol_plan
     where status = 'agreed'
       and created_by = $1::text
       and starts_on = $2::date
       and day_count = $3::int
       and forecast is not null
       and (options ->> 'useStaffing')::boolean = $4::boolean
       and (options ->> 'dwellMinutes')::int = $5::int
       and coalesce(forecast #>> '{chosen,choice}', 'forecast') = $6::text
     order by patrol_plan.id desc
     limit 1
     for update`,
    [
      ...[person, startsOn, days, options.useStaffing, options.dwellMinutes],
      chosen?.choice ?? "forecast",
    ],
  );
  return rows[0]?.id ?? null;
}

/**
 * What is suggested beside the agreed patrols of a plan was asked for with these units and shifts, and knows what is
 * known now. How good the plan was as it was first suggested stays.
 */
export async function joinPlan(tx: Transaction, id: string, plan: NewPlan): Promise<void> {
  await tx.query(
    `update patrol_plan
     set unit_count = greatest(unit_count, $2::int),
         shifts = shifts || array(
           select shift
           from unnest($3::text[]) with ordinality as asked (shift, place)
           where shift <> all (patrol_plan.shifts)
           order by place
         ),
         as_at = $4::date,
         calendars_as_at = $5::timestamptz,
         refused = $6::text::jsonb,
         options = $7::text::jsonb,
         expected_total = $8::float8,
         forecast = $9::text::jsonb || jsonb_build_object('reach', forecast -> 'reach')
     where id = $1::bigint`,
    [
      id,
      plan.units,
      plan.shifts,
      plan.asAt,
      plan.calendarsAsAt === null ? null : new Date(plan.calendarsAsAt),
      JSON.stringify(plan.refused),
      JSON.stringify(plan.options),
      plan.expectedTotal,
      forecastJson(plan),
    ],
  );
}

const columns = `
  patrol_plan.id::text as "id",
  patrol_plan.revision::int as "revision",
  patrol_plan.status as "status",
  patrol_plan.origin as "origin",
  to_char(patrol_plan.starts_on, 'YYYY-MM-DD') as "startsOn",
  patrol_plan.day_count::int as "days",
  patrol_plan.unit_count::int as "units",
  patrol_plan.shifts as "shifts",
  patrol_plan.seed::float8 as "seed",
  to_char(patrol_plan.as_at, 'YYYY-MM-DD') as "asAt",
  patrol_plan.expected_total::float8 as "expectedTotal",
  case when patrol_plan.forecast -> 'method' is not null then patrol_plan.forecast - 'chosen' end as "forecast",
  patrol_plan.forecast -> 'chosen' as "chosen",
  patrol_plan.options as "options",
  patrol_plan.objective::float8 as "objective",
  patrol_plan.bound::float8 as "bound",
  patrol_plan.gap::float8 as "gap",
  patrol_plan.greedy::float8 as "greedy",
  patrol_plan.seconds::float8 as "seconds",
  patrol_plan.stopped as "stopped",
  patrol_plan.refused as "refused",
  (extract(epoch from patrol_plan.calendars_as_at) * 1000)::float8 as "calendarsAsAt",
  patrol_plan.created_by as "createdBy",
  (extract(epoch from patrol_plan.agreed_at) * 1000)::float8 as "agreedAt",
  (extract(epoch from patrol_plan.created_at) * 1000)::float8 as "createdAt",
  (extract(epoch from greatest(
    patrol_plan.created_at,
    (select max(greatest(patrol_window.checked_at, patrol_window.closed_at))
     from patrol_window
     where patrol_window.plan_id = patrol_plan.id)
  )) * 1000)::float8 as "changedAt"`;

export async function findPlan(tx: Transaction, id: string): Promise<PlanRow | null> {
  const rows = await tx.query<PlanRow>(
    `select ${columns}
     from patrol_plan
     where id = $1::bigint
     for update`,
    [id],
  );
  return rows[0] ?? null;
}

/** As it stands, without waiting for writers. */
export async function readPlan(tx: Transaction, id: string): Promise<PlanRow | null> {
  const rows = await tx.query<PlanRow>(
    `select ${columns}
     from patrol_plan
     where id = $1::bigint`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Plans whose own days share one with these, newest first. Their days and not their windows: the tail
 * of a Sunday's night duty does not make last week's plan one of Monday's.
 */
export function plansOfDays(
  tx: Transaction,
  { from, days }: { readonly from: string; readonly days: number },
): Promise<PlanRow[]> {
  return tx.query<PlanRow>(
    `select ${columns}
     from patrol_plan
     where starts_on < $1::date + $2::int
       and starts_on + day_count > $1::date
     order by patrol_plan.id desc`,
    [from, days],
  );
}

/** A new suggestion takes the place of the same person's earlier ones for these days. */
export async function deleteSuggestions(
  tx: Transaction,
  {
    person,
    startsOn,
    days,
  }: { readonly person: string; readonly startsOn: string; readonly days: number },
): Promise<void> {
  await tx.query(
    `delete from patrol_plan
     where status = 'suggested'
       and created_by = $1::text
       and starts_on < $2::date + $3::int
       and starts_on + day_count > $2::date`,
    [person, startsOn, days],
  );
}

/**
 * The number on its sheets stays, also where more windows are agreed: those that are printed already
 * stand as they are. What changes or takes away an agreed window renews it (`revisePlan`).
 */
export async function markAgreed(
  tx: Transaction,
  id: string,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `update patrol_plan
     set status = 'agreed',
         agreed_at = coalesce(agreed_at, $2::timestamptz),
         agreed_by = coalesce(agreed_by, $3::text)
     where id = $1::bigint`,
    [id, new Date(at), by],
  );
}

export async function markWithdrawn(tx: Transaction, id: string): Promise<void> {
  await tx.query("update patrol_plan set status = 'withdrawn' where id = $1::bigint", [id]);
}

/** None of its windows is agreed any more. */
export async function markSuggested(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update patrol_plan
     set status = 'suggested', agreed_at = null, agreed_by = null
     where id = $1::bigint`,
    [id],
  );
}

/** A printed sheet of this plan no longer stands. */
export async function revisePlan(tx: Transaction, id: string): Promise<void> {
  await tx.query("update patrol_plan set revision = revision + 1 where id = $1::bigint", [id]);
}

/** Its number left on paper or in a file. */
export async function insertSheetIssue(
  tx: Transaction,
  { id, revision }: Pick<PlanRow, "id" | "revision">,
): Promise<void> {
  await tx.query(
    `insert into sheet_issue (plan_id, revision)
     values ($1::bigint, $2::int)
     on conflict do nothing`,
    [id, revision],
  );
}

export async function isSheetIssued(
  tx: Transaction,
  { id, revision }: Pick<PlanRow, "id" | "revision">,
): Promise<boolean> {
  const rows = await tx.query(
    "select 1 from sheet_issue where plan_id = $1::bigint and revision = $2::int",
    [id, revision],
  );
  return rows.length > 0;
}
