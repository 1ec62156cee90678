import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { cutAtCommand } from "#core/displacement/operation-area.ts";
import { planChanges } from "#core/place-plans/changes.ts";
import { checkPlan } from "#core/place-plans/check-plan.ts";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import { changedMeanwhile, historyOf, type Read } from "#server/acts/revisions.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { partnersNamed, sharePartners } from "#server/place-plans/partner-names.ts";
import { changePlan, insertPlan } from "#server/place-plans/store.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/** Clipped to the command; refused if it names a person. */
export async function addPlan(act: Act, body: wire.PlacePlan): Promise<wire.PlacePlanKept> {
  const judge = await planJudge(act);
  const plan = judge(body, null);
  return act.db.transaction(act.actor, async (tx) => {
    const id = await insertPlan(tx, plan, writtenBy(act));
    act.addDetail({ plan: id, revision: 1, cells: plan.area.cells.length });
    return { id, name: plan.name, revision: 1 };
  });
}

export const writtenBy = ({ actor, asAt }: Act) => ({ person: actor.person, now: asAt.now() });

/** An outdated revision is refused with what changed since. */
export async function changeWholePlan(
  act: Act,
  id: number,
  { revision, ...body }: wire.PlacePlan & { readonly revision: number },
): Promise<wire.PlacePlanKept> {
  const judge = await planJudge(act);
  act.addDetail({ plan: id, revision, state: body.state });
  return act.db.transaction(act.actor, async (tx) => {
    const plan = judge(body, (await planOf(tx, id)).reviewOn);
    const change = { id, read: revision, act: "changed", plan } as const;
    const kept = await changePlan(tx, change, writtenBy(act));
    if (kept === null) throw await planChangedMeanwhile(tx, { id, revision });
    return { id, name: plan.name, revision: kept };
  });
}

export async function planOf(tx: Transaction, id: number): Promise<wire.PlacePlan> {
  const found = await tx.maybe(
    wire.placePlanBody,
    sql`select ${columnsOf(wire.placePlanBody, { as: planColumns })} from place_plan where id = ${id}`,
  );
  if (!found) throw noSuchPlan();
  return found;
}

const planColumns = {
  cells: "area_cells",
  assessed_operation: "assessment_operation",
  assessed_revision: "assessment_revision",
  assessed_as_at: "assessment_as_at",
  assessed_sentence: "assessment_sentence",
};

/** By review date, closed ones last. */
export const planHeads = (tx: Transaction) =>
  tx.rows(
    wire.planHead,
    sql`select ${columnsOf(wire.planHead)} from place_plan order by state = 'closed', review_on, id`,
  );

/** Clips it; refused with a reason per faulty field. */
async function planJudge(act: Act) {
  const { command } = await placesOf(act);
  return (plan: wire.PlacePlan, keptReviewOn: string | null): wire.PlacePlan => {
    refuseFields(checkPlan(plan, { command, asAt: act.asAt.date(), keptReviewOn }));
    const { inside } = cutAtCommand(plan.area.cells, command);
    return { ...plan, area: { ...plan.area, cells: inside } };
  };
}

export function refuseFields(faults: readonly WordsFault[]): void {
  const [first] = faults;
  if (first) throw new Problem(422, "Not accepted", `${first.reason} Nothing was saved.`, faults);
}

export function noSuchPlan(): Problem {
  return new Problem(
    404,
    "No such place plan",
    "There is no place plan with this number. Refresh the list.",
  );
}

const planContent = z.object({
  content: z.custom<wire.PlacePlan>().register(columnTypes, { type: "jsonb" }).nullable(),
});

/** Oldest first. Without content for roles that may not read it. */
function planRevisions(tx: Transaction, id: number, withContent: boolean) {
  return tx.rows(
    wire.planRevision.extend(planContent.shape),
    sql`select revision, act, changed_at as at, changed_by as by,
        ${withContent ? sql`content` : sql`null::jsonb`} as content
      from place_plan_revision where plan_id = ${id} order by revision`,
  );
}

type Content = z.infer<typeof planContent>;

const contentChanges = ({ content: before }: Content, { content: after }: Content) =>
  before && after ? planChanges(before, after) : [];

export async function planChangedMeanwhile(tx: Transaction, read: Read): Promise<Problem> {
  const revisions = await planRevisions(tx, read.id, true);
  return changedMeanwhile(revisions, read, contentChanges) ?? noSuchPlan();
}

/** Newest first; what changed only for those who may read it. */
export async function readPlanHistory(act: Act, id: number): Promise<wire.PlanHistoryReply> {
  act.addDetail({ plan: id });
  const withContent = isPolice(act.actor);
  const rows = await act.db.transaction(act.actor, async (tx) => {
    const found = await planRevisions(tx, id, withContent);
    if (found.length === 0) throw noSuchPlan();
    return found;
  });
  const revisions = historyOf(rows, contentChanges).map(({ content: _, changes, ...row }) => ({
    ...row,
    changes: withContent ? changes : null,
  }));
  return { revisions };
}

/**
 * All place plans as their reader may see them: sergeant and analyst with figures and cells and
 * without partners, coordinator and auditor with partners and without figures and cells
 * (SAFEGUARDS, Roles).
 */
export function readPlans(act: Act): Promise<wire.PlacePlansReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const heads = await planHeads(tx);
    act.addDetail({ plans: heads.length });
    const innerOf = isPolice(act.actor) ? await readInners(tx) : null;
    const sharingOf = isPolice(act.actor) ? null : await readSharing(tx, act.actor);
    const plans = heads.map((head) => ({
      ...head,
      inner: innerOf?.(head.id) ?? null,
      sharing: sharingOf?.(head) ?? null,
    }));
    return { asAt: act.asAt.date(), plans };
  });
}

function isPolice({ role }: Actor): boolean {
  return role === "sergeant" || role === "analyst" || role === "operator";
}

async function readInners(tx: Transaction) {
  const inners = await tx.grouped(
    wire.planInner,
    sql`select id as group, ${columnsOf(wire.planInner, { as: planColumns })} from place_plan`,
  );
  const figures = await planFigures(tx);
  const heard = await tx.grouped(
    wire.passedOnWords,
    sql`select plan_id as group, words, passed_on from place_plan_comment
      where passed_on is not null order by passed_on, key`,
  );
  return (id: number): wire.PlacePlanReply["inner"] => {
    const [inner] = inners(id);
    return inner ? { ...inner, figures: [...figures(id)], heard: [...heard(id)] } : null;
  };
}

/** Those that are on their plan, in the order in which they were pinned. */
export const planFigures = (tx: Transaction) =>
  tx.grouped(
    wire.planFigure,
    sql`select plan_id as group, ${columnsOf(wire.planFigure)}
      from place_plan_figure where removed_at is null order by id`,
  );

async function readSharing(tx: Transaction, { role }: Actor) {
  const partners = await sharePartners(tx);
  const shares = await planShares(tx);
  // The last fifty per partner and plan; without words for readers who may only know that there
  // were some.
  const words = role === "coordinator" ? sql`words` : sql`null`;
  const comments = await tx.grouped(
    wire.planComment,
    sql`select plan_id as group, comment.key as id, partner.name as partner, words, said_at, passed_on
      from (
        select id, key, plan_id, partner_id, ${words} as words, said_at, passed_on,
          row_number() over (partition by plan_id, partner_id order by id desc) as back
        from place_plan_comment
      ) as comment
      join partner on partner.id = partner_id
      where back <= 50 order by comment.id desc`,
  );
  return (head: wire.PlanHead): wire.PlacePlanReply["sharing"] => ({
    named: partnersNamed(partners, wordsShared(head)).map(({ code }) => code),
    partners: partners.map(({ id, code, name }) => ({
      code,
      name,
      isShared: shares(head.id).some(({ partnerId }) => partnerId === id),
    })),
    comments: [...comments(head.id)],
  });
}

const share = z.object({ partnerId: z.string() });

export const planShares = (tx: Transaction) =>
  tx.grouped(share, sql`select plan_id as group, partner_id from place_plan_share`);

/** Texts by others that partners can read. */
export const wordsShared = ({ name, response }: Pick<wire.PlanHead, "name" | "response">) => [
  name,
  response,
];
