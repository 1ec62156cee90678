import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { cellToDecimal } from "#core/geo/cell.ts";
import type { MeetingSeries } from "#core/place-plans/meeting/series.ts";
import type { ActionFields, PlacePlan, PlanAct } from "#core/place-plans/wire/place-plans.ts";
import { changeRevision } from "#server/acts/revisions.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";

export interface WrittenBy {
  readonly person: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const made = z.object({ id });
const created = ({ now, person }: WrittenBy) => ({ createdAt: new Date(now), createdBy: person });
const touched = ({ now, person }: WrittenBy) => ({ changedAt: new Date(now), changedBy: person });

/** Returns its number. */
export async function insertPlan(tx: Transaction, plan: PlacePlan, by: WrittenBy): Promise<number> {
  const fields = { ...planFields(plan), revision: 1, ...created(by), ...touched(by) };
  const kept = await tx.one(made, sql`${insertInto("place_plan", fields)} returning id`);
  await insertRevision(tx, { id: kept.id, revision: 1, act: "added", content: plan }, by);
  return kept.id;
}

/** Null when the revision is outdated. Concurrent writers wait. */
export async function changePlan(
  tx: Transaction,
  { id: plan, read, ...to }: { readonly id: number; readonly read: number } & PlanChange,
  by: WrittenBy,
): Promise<number | null> {
  const fields = { ...(to.act === "assessed" ? to.assessed : planFields(to.plan)), ...touched(by) };
  const kept = await changeRevision(
    tx,
    { table: "place_plan" },
    { id: plan, revision: read },
    fields,
  );
  if (kept === null) return null;
  await insertRevision(tx, { id: plan, revision: kept, act: to.act, content: to.plan }, by);
  return kept;
}

type PlanChange =
  | { readonly act: "changed"; readonly plan: PlacePlan }
  | {
      readonly act: "assessed";
      readonly plan: PlacePlan;
      readonly assessed: {
        readonly assessedOperation: string;
        readonly assessedRevision: number;
        readonly assessedAsAt: string;
        readonly assessedSentence: string;
      };
    };

function planFields({ area: { cells, ...area }, response, ...plan }: PlacePlan) {
  const sorted = [...new Set(cells)].sort().map(cellToDecimal);
  return { ...plan, area: { ...area }, response: { ...response }, cells: sorted };
}

function insertRevision(
  tx: Transaction,
  state: {
    readonly id: number;
    readonly revision: number;
    readonly act: PlanAct;
    readonly content: PlacePlan;
  },
  by: WrittenBy,
): Promise<void> {
  const { id: planId, content, ...rest } = state;
  const fields = { planId, ...rest, ...touched(by), content: JSON.stringify(content) };
  return tx.run(insertInto("place_plan_revision", fields));
}

export async function insertAction(
  tx: Transaction,
  action: ActionFields & { readonly planId: number | null; readonly packId: number | null },
  by: WrittenBy,
): Promise<number> {
  const { words, owner, dueOn, planId, packId } = action;
  const fields = { words, owner, dueOn, planId, packId, state: "open", revision: 1 };
  const whole = { ...fields, ...created(by), ...touched(by) };
  return (await tx.one(made, sql`${insertInto("place_action", whole)} returning id`)).id;
}

/** Null when the revision is outdated. */
export function changeAction(
  tx: Transaction,
  action: ActionFields & {
    readonly id: number;
    readonly read: number;
    readonly state: "open" | "done" | "dropped";
    readonly closedOn: string | null;
  },
  by: WrittenBy,
): Promise<number | null> {
  const { words, owner, dueOn, state, closedOn } = action;
  return changeRevision(
    tx,
    { table: "place_action" },
    { id: action.id, revision: action.read },
    { words, owner, dueOn, state, closedOn, ...touched(by) },
  );
}

/** The unique revision refuses an outdated one. */
export function insertSeries(
  tx: Transaction,
  {
    week,
    weekday,
    firstOn,
    startsAt,
    minutes,
    ...series
  }: MeetingSeries & {
    readonly revision: number;
  },
  by: WrittenBy,
): Promise<void> {
  const fields = { revision: series.revision, week, weekday, firstOn, startsAt, minutes };
  return tx.run(insertInto("meeting_series", { ...fields, ...touched(by) }));
}
