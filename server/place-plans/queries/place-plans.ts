import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { PinnedFigure } from "#core/place-plans/figure.ts";
import type { PlacePlan, PlanAreaWay, PlanState } from "#core/place-plans/plan.ts";
import type { Transaction } from "#server/db/database.ts";

/** What every reader of place plans sees of one. Instants are epoch milliseconds. */
export interface PlanHead {
  readonly id: number;
  readonly name: string;
  readonly revision: number;
  readonly state: PlanState;
  readonly result: string;
  readonly partners: string;
  readonly place: string;
  readonly diversion: string;
  readonly enforcement: string;
  readonly stopRule: string;
  readonly reviewOn: string;
  readonly isForMeeting: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** What sergeant and analyst see as well. */
export interface PlanInner {
  readonly id: number;
  readonly areaBy: PlanAreaWay;
  readonly areaName: string | null;
  readonly cells: readonly H3Cell[];
  readonly scanning: string;
  readonly analysis: string;
  readonly assessedOperation: string | null;
  readonly assessedRevision: number | null;
  readonly assessedAsAt: string | null;
  readonly assessedSentence: string | null;
}

/** By review date, closed ones last. */
export function loadPlanHeads(tx: Transaction): Promise<PlanHead[]> {
  return tx.query<PlanHead>(
    `select
       id::int as "id", name as "name", revision::int as "revision", state as "state",
       result as "result", response_partners as "partners", response_place as "place",
       response_diversion as "diversion", response_enforcement as "enforcement",
       stop_rule as "stopRule", to_char(review_on, 'YYYY-MM-DD') as "reviewOn",
       is_for_meeting as "isForMeeting",
       (extract(epoch from created_at) * 1000)::float8 as "createdAt",
       (extract(epoch from changed_at) * 1000)::float8 as "changedAt",
       changed_by as "changedBy"
     from place_plan
     order by state = 'closed', review_on, id`,
  );
}

export function loadPlanInners(tx: Transaction): Promise<PlanInner[]> {
  return tx.query<PlanInner>(
    `select
       id::int as "id", area_by as "areaBy", area_name as "areaName",
       array(select to_hex(cell) from unnest(cells) as kept (cell)) as "cells",
       scanning as "scanning", analysis as "analysis",
       assessed_operation as "assessedOperation", assessed_revision::int as "assessedRevision",
       to_char(assessed_as_at, 'YYYY-MM-DD') as "assessedAsAt",
       assessed_sentence as "assessedSentence"
     from place_plan`,
  );
}

/** Who writes and when. */
export interface WrittenBy {
  readonly person: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Keeps a new plan with its first revision; answers its number. */
export async function insertPlan(tx: Transaction, plan: PlacePlan, by: WrittenBy): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into place_plan (
       name, state, result, area_by, area_name, cells, scanning, analysis, response_partners,
       response_place, response_diversion, response_enforcement, stop_rule, review_on, is_for_meeting,
       revision, created_at, created_by, changed_at, changed_by
     )
     values (
       $1::text, $2::text, $3::text, $4::text, $5::text, $6::bigint[], $7::text, $8::text, $9::text,
       $10::text, $11::text, $12::text, $13::text, $14::date, $15::boolean,
       1, $16::timestamptz, $17::text, $16::timestamptz, $17::text
     )
     returning id::int as "id"`,
    [...fieldsOf(plan), new Date(by.now), by.person],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`Place plan "${plan.name}" was not stored`);
  await insertRevision(tx, { id, revision: 1, act: "added", content: plan }, by);
  return id;
}

/** Null where somebody else was first. Whoever comes at the same moment waits here. */
export async function changePlan(
  tx: Transaction,
  { id, read, plan }: { readonly id: number; readonly read: number; readonly plan: PlacePlan },
  by: WrittenBy,
): Promise<number | null> {
  const rows = await tx.query<{ revision: number }>(
    `update place_plan
     set name = $1::text, state = $2::text, result = $3::text, area_by = $4::text, area_name = $5::text,
       cells = $6::bigint[], scanning = $7::text, analysis = $8::text, response_partners = $9::text,
       response_place = $10::text, response_diversion = $11::text, response_enforcement = $12::text,
       stop_rule = $13::text, review_on = $14::date, is_for_meeting = $15::boolean,
       changed_at = $16::timestamptz, changed_by = $17::text, revision = revision + 1
     where id = $18::int and revision = $19::int
     returning revision::int as "revision"`,
    [...fieldsOf(plan), new Date(by.now), by.person, id, read],
  );
  const revision = rows[0]?.revision;
  if (revision === undefined) return null;
  await insertRevision(tx, { id, revision, act: "changed", content: plan }, by);
  return revision;
}

/** What Displacement said, pinned; null where somebody else was first. */
export async function pinAssessment(
  tx: Transaction,
  pin: {
    readonly id: number;
    readonly read: number;
    readonly operation: string;
    readonly operationRevision: number;
    readonly asAt: string;
    readonly sentence: string;
    readonly plan: PlacePlan;
  },
  by: WrittenBy,
): Promise<number | null> {
  const rows = await tx.query<{ revision: number }>(
    `update place_plan
     set assessed_operation = $3::text, assessed_revision = $4::int, assessed_as_at = $5::date,
       assessed_sentence = $6::text, changed_at = $7::timestamptz, changed_by = $8::text,
       revision = revision + 1
     where id = $1::int and revision = $2::int
     returning revision::int as "revision"`,
    [
      ...[pin.id, pin.read, pin.operation, pin.operationRevision, pin.asAt, pin.sentence],
      ...[new Date(by.now), by.person],
    ],
  );
  const revision = rows[0]?.revision;
  if (revision === undefined) return null;
  await insertRevision(tx, { id: pin.id, revision, act: "assessed", content: pin.plan }, by);
  return revision;
}

function fieldsOf({ area, response, ...plan }: PlacePlan) {
  return [
    ...[plan.name, plan.state, plan.result, area.by, area.name],
    [...new Set(area.cells)].sort().map(cellToDecimal),
    ...[plan.scanning, plan.analysis, response.partners, response.place],
    ...[response.diversion, response.enforcement, plan.stopRule, plan.reviewOn, plan.isForMeeting],
  ];
}

export type PlanAct = "added" | "changed" | "assessed";

async function insertRevision(
  tx: Transaction,
  state: {
    readonly id: number;
    readonly revision: number;
    readonly act: PlanAct;
    readonly content: PlacePlan;
  },
  by: WrittenBy,
): Promise<void> {
  await tx.query(
    `insert into place_plan_revision (plan_id, revision, act, changed_at, changed_by, content)
     values ($1::int, $2::int, $3::text, $4::timestamptz, $5::text, $6::jsonb)`,
    [
      ...[state.id, state.revision, state.act, new Date(by.now), by.person],
      JSON.stringify(state.content),
    ],
  );
}

export interface PlanRevisionRow {
  readonly revision: number;
  readonly act: PlanAct;
  readonly at: number;
  readonly by: string;
  /** Null where it was not asked for. */
  readonly content: PlacePlan | null;
}

/** Oldest first. Whoever may not read what a plan was asks without content. */
export function loadPlanRevisions(
  tx: Transaction,
  { id, withContent }: { readonly id: number; readonly withContent: boolean },
): Promise<PlanRevisionRow[]> {
  return tx.query<PlanRevisionRow>(
    `select revision::int as "revision", act as "act",
       (extract(epoch from changed_at) * 1000)::float8 as "at", changed_by as "by",
       ${withContent ? "content" : "null"} as "content"
     from place_plan_revision
     where plan_id = $1::int
     order by revision`,
    [id],
  );
}

export interface FigureRow {
  readonly id: number;
  readonly planId: number;
  readonly pinnedAt: number;
  readonly pinnedBy: string;
  readonly asAt: string;
  readonly content: PinnedFigure;
}

/** Those that stand, in the order in which they were pinned. */
export function loadFigures(tx: Transaction): Promise<FigureRow[]> {
  return tx.query<FigureRow>(
    `select id::int as "id", plan_id::int as "planId",
       (extract(epoch from pinned_at) * 1000)::float8 as "pinnedAt", pinned_by as "pinnedBy",
       to_char(as_at, 'YYYY-MM-DD') as "asAt", content as "content"
     from place_plan_figure
     where removed_at is null
     order by id`,
  );
}

export async function insertFigure(
  tx: Transaction,
  figure: { readonly planId: number; readonly asAt: string; readonly content: PinnedFigure },
  by: WrittenBy,
): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into place_plan_figure (plan_id, pinned_at, pinned_by, as_at, content)
     values ($1::int, $2::timestamptz, $3::text, $4::date, $5::jsonb)
     returning id::int as "id"`,
    [figure.planId, new Date(by.now), by.person, figure.asAt, JSON.stringify(figure.content)],
  );
  return rows[0]?.id ?? 0;
}

/** Takes a figure off its plan, or puts it back; false where there is none of that number. */
export async function markFigureRemoved(
  tx: Transaction,
  figure: { readonly id: number; readonly planId: number; readonly removedAt: number | null },
): Promise<boolean> {
  const rows = await tx.query(
    `update place_plan_figure
     set removed_at = $3::timestamptz
     where id = $1::int and plan_id = $2::int
     returning id`,
    [figure.id, figure.planId, figure.removedAt === null ? null : new Date(figure.removedAt)],
  );
  return rows.length > 0;
}
