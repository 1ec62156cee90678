import { z } from "zod";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import type { PlanForecast } from "#core/patrols/plan/finish.ts";
import type { RefusedShift } from "#core/patrols/plan/refusal.ts";
import { type PlanOptions, planReply } from "#core/patrols/wire/plan.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, type Sql, sql } from "#server/db/sql.ts";

/** Instants in epoch milliseconds. */
const madePlan = planReply
  .pick({
    origin: true,
    from: true,
    days: true,
    units: true,
    seed: true,
    asAt: true,
    objective: true,
    bound: true,
    gap: true,
    greedy: true,
    seconds: true,
    stopped: true,
  })
  .extend({
    shifts: z.array(z.string()).readonly(),
    expectedTotal: z.number(),
    /** Null for older plans. */
    forecast: z.custom<PlanForecast>().nullable(),
    refused: z.custom<readonly RefusedShift[]>(),
    calendarsAsAt: z.number().nullable(),
    /** Null for plans from before there were options. */
    options: z.custom<PlanOptions>().nullable(),
  });
export type NewPlan = Readonly<z.infer<typeof madePlan>>;

const planRow = madePlan.extend({
  id: z.string(),
  revision: z.int(),
  status: planReply.shape.status,
  createdBy: z.string(),
  agreedAt: z.number().nullable(),
  createdAt: z.number(),
  /** When one of its windows last got its time, place or end, from whomever. */
  changedAt: z.number(),
});
export type PlanRow = Readonly<z.infer<typeof planRow>>;

const ownColumns = columnsOf(planRow.omit({ forecast: true, changedAt: true }), {
  as: { starts_on: "from", day_count: "days", unit_count: "units" },
});

/** Under "chosen" older plans name a forecast that an analyst had chosen. */
const stored = sql`select ${ownColumns},
  case when forecast -> 'method' is not null then forecast - 'chosen' end as forecast,
  greatest(created_at, (
    select max(greatest(checked_at, closed_at)) from patrol_window where plan_id = patrol_plan.id
  )) as changed_at
  from patrol_plan`;

/** Without a lock. */
export const readPlan = (tx: Transaction, id: string) => planWhere(tx, sql`id = ${id}`);

/** Held until the transaction ends. */
export const holdPlan = (tx: Transaction, id: string) => planWhere(tx, sql`id = ${id} for update`);

const planWhere = (tx: Transaction, condition: Sql) =>
  tx.maybe(planRow, sql`${stored} where ${condition}`);

/** By own days; the night after the last day belongs to the next week. */
const sharesDays = ({ from, days }: PlanDays) => sql`
  starts_on < ${from}::date + ${days}::int and starts_on + day_count > ${from}::date`;

/** Newest first. */
export const plansOfDays = (tx: Transaction, span: PlanDays) =>
  tx.rows(planRow, sql`${stored} where ${sharesDays(span)} order by id desc`);

/** Of a person's plans that share a day with these. */
export const ownPlans = (person: string, span: PlanDays) =>
  sql`created_by = ${person} and ${sharesDays(span)}`;

/** But not where a unit was at a stop of a patrol that was lost. */
export const deleteSuggestions = (tx: Transaction, person: string, span: PlanDays) =>
  tx.run(
    sql`delete from patrol_plan where status = 'suggested' and ${ownPlans(person, span)}
      and id not in (
        select plan_id from patrol_window join patrol_stay on window_id = patrol_window.id
      )`,
  );

const planId = z.string();

export async function insertPlan(
  tx: Transaction,
  { from: startsOn, days: dayCount, units: unitCount, shifts, seed, ...plan }: NewPlan,
  made: { readonly at: number; readonly by: string },
): Promise<string> {
  const { origin, asAt, expectedTotal, objective, bound, gap, greedy, seconds, stopped } = plan;
  const row = insertInto("patrol_plan", {
    origin,
    startsOn,
    dayCount,
    unitCount,
    shifts,
    seed,
    asAt,
    expectedTotal,
    objective,
    bound,
    gap,
    greedy,
    seconds,
    stopped,
    ...asKnown(plan),
    createdAt: new Date(made.at),
    createdBy: made.by,
  });
  return (await tx.value(planId, sql`${row} returning id`)) ?? "";
}

function asKnown({
  calendarsAsAt,
  refused,
  options,
  forecast,
}: Pick<NewPlan, "calendarsAsAt" | "refused" | "options" | "forecast">) {
  return {
    calendarsAsAt: calendarsAsAt === null ? null : new Date(calendarsAsAt),
    refused: JSON.stringify(refused),
    options: options && JSON.stringify(options),
    forecast: forecast && JSON.stringify(forecast),
  };
}

/**
 * Id of the plan that a suggestion for these days can join, locked until the transaction ends. Same
 * person and days, with agreed patrols, and the same rules and forecast: a plan has one set of
 * them.
 */
export async function findPlanToJoin(
  tx: Transaction,
  person: string,
  { from, days, options, origin }: NewPlan,
): Promise<string | null> {
  if (origin !== "planner" || options === null) return null;
  return tx.value(
    planId,
    sql`select id from patrol_plan
      where status = 'agreed' and created_by = ${person} and starts_on = ${from} and day_count = ${days}
        and forecast is not null
        and (options ->> 'useStaffing')::boolean = ${options.useStaffing}
        and (options ->> 'dwellMinutes')::int = ${options.dwellMinutes}
        and coalesce(options #>> '{encounters,weight}', 'none') = ${options.encounters?.weight ?? "none"}
        and coalesce(forecast #>> '{chosen,choice}', 'forecast') = 'forecast'
      order by id desc limit 1 for update`,
  );
}

/**
 * Suggestions beside a plan's agreed patrols were made with these units and shifts, and current
 * knowledge. The plan's original quality figures stay, and what it gave up for fewer encounters.
 */
export function joinPlan(tx: Transaction, id: string, plan: NewPlan): Promise<void> {
  const { asAt, expectedTotal, shifts, units } = plan;
  const { forecast, options, ...known } = asKnown(plan);
  return tx.run(sql`update patrol_plan
    set ${assigned({ asAt, expectedTotal, ...known })},
      unit_count = greatest(unit_count, ${units}::int),
      shifts = shifts || array(
        select shift from unnest(${shifts}::text[]) with ordinality as asked (shift, place)
        where shift <> all (patrol_plan.shifts) order by place
      ),
      options = ${options}::jsonb || jsonb_strip_nulls(
        jsonb_build_object('encounters', patrol_plan.options -> 'encounters')),
      forecast = ${forecast}::jsonb || jsonb_build_object('reach', forecast -> 'reach')
    where id = ${id}`);
}

/**
 * The number on its sheets stays, even when more windows are agreed: printed ones remain valid.
 * Changing or removing an agreed window renews it (`revisePlan`).
 */
export const markAgreed = (
  tx: Transaction,
  id: string,
  { at, by }: { readonly at: number; readonly by: string },
) =>
  tx.run(sql`update patrol_plan
    set status = 'agreed', agreed_at = coalesce(agreed_at, ${new Date(at)}),
      agreed_by = coalesce(agreed_by, ${by})
    where id = ${id}`);

export const markWithdrawn = (tx: Transaction, id: string) =>
  tx.run(sql`update patrol_plan set status = 'withdrawn' where id = ${id}`);

export const markSuggested = (tx: Transaction, id: string) =>
  tx.run(sql`update patrol_plan set status = 'suggested', agreed_at = null, agreed_by = null
    where id = ${id}`);

export const revisePlan = (tx: Transaction, id: string) =>
  tx.run(sql`update patrol_plan set revision = revision + 1 where id = ${id}`);
