import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { type H3Cell, resolutionOf } from "#core/geo/cell.ts";
import { type HotspotsQuery, hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { mostFigures, pinnedOf } from "#core/place-plans/figure.ts";
import type { AssessPlanBody, PinBody, PlacePlanKept } from "#core/place-plans/wire/place-plans.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { assess } from "#server/displacement/assess.ts";
import { findOperation } from "#server/displacement/operations/store.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { planChangedMeanwhile, planFigures, planOf, writtenBy } from "#server/place-plans/plans.ts";
import { changePlan } from "#server/place-plans/store.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/**
 * Reruns the query of Hotspots and stores the result with its method: a pinned figure was never
 * typed, and does not change when records do.
 */
export async function pinFigure(
  act: Act,
  planId: number,
  { query, cell }: PinBody,
): Promise<{ figure: number }> {
  const asked = readQuery(query, cell);
  const { nameOf } = await placesOf(act);
  const chosen = cell === null ? null : { cell, place: nameOf(cell) };
  if (chosen !== null) await refuseOutside(act, asked, chosen);
  act.addDetail({ plan: planId, from: asked.from, to: asked.to, measure: asked.measure });
  const content = pinnedOf(asked, await computeHotspots(besideAct(act), asked), chosen);
  return act.db.transaction(act.actor, async (tx) => {
    await planOf(tx, planId);
    if ((await planFigures(tx))(planId).length >= mostFigures) {
      const detail = `A plan can have at most ${mostFigures} pinned figures. Remove one first.`;
      throw new Problem(409, "Too many figures", detail);
    }
    const { person, now } = writtenBy(act);
    const fields = {
      planId,
      pinnedAt: new Date(now),
      pinnedBy: person,
      asAt: act.asAt.date(),
      content: JSON.stringify(content),
    };
    const row = sql`${insertInto("place_plan_figure", fields)} returning id as figure`;
    const { figure } = await tx.one(z.object({ figure: id }), row);
    act.addDetail({ figure });
    return { figure };
  });
}

/** A place outside the command is not counted: zero would be false. */
async function refuseOutside(
  act: Act,
  { area, resolution }: HotspotsQuery,
  { cell, place }: { readonly cell: H3Cell; readonly place: string },
): Promise<void> {
  const study = parentStudySet(await studySet(act, area), resolution);
  if (study.indexOf.has(cell)) return;
  throw new Problem(
    422,
    "Outside the chosen area",
    `${place} is not in ${study.name}, so nothing is counted there. Choose an area that contains it. Nothing was pinned.`,
  );
}

/** Side queries, so that the audit line stays the pin's own. */
function besideAct({ db, ...act }: Act): Act {
  const transaction: Act["db"]["transaction"] = (actor, work, options) =>
    db.transaction(actor, work, { ...options, beside: true });
  return { ...act, addDetail: () => undefined, db: { ...db, transaction } };
}

/** Drops `limit`, which could cut off the chosen cell. */
function readQuery(query: PinBody["query"], cell: H3Cell | null): HotspotsQuery {
  const read = hotspotsQuery.omit({ limit: true }).safeParse(query);
  if (!read.success) {
    const issue = read.error.issues[0];
    const field = `query.${issue?.path.join(".") ?? ""}`;
    throw new Problem(400, "Request not valid", `${field}: ${issue?.message ?? "not a question"}`, [
      { field, reason: issue?.message ?? "not a question" },
    ]);
  }
  if (cell !== null && resolutionOf(cell) !== read.data.resolution) {
    throw new Problem(
      400,
      "Request not valid",
      `The chosen cell has a different size. Choose one of resolution ${read.data.resolution}.`,
    );
  }
  return read.data;
}

export function moveFigure(
  act: Act,
  { id: planId, figure }: { readonly id: number; readonly figure: number },
  isOn: boolean,
): Promise<{ figure: number }> {
  act.addDetail({ plan: planId, figure });
  return act.db.transaction(act.actor, async (tx) => {
    const removedAt = isOn ? null : new Date(act.asAt.now());
    const isFound = await tx.did(
      sql`update place_plan_figure set removed_at = ${removedAt} where id = ${figure} and plan_id = ${planId}`,
    );
    if (isFound) return { figure };
    const detail = "This figure is no longer on the plan. Refresh the page.";
    throw new Problem(404, "No such figure", detail);
  });
}

export async function assessPlan(
  act: Act,
  id: number,
  { operation: name, revision }: AssessPlanBody,
): Promise<PlacePlanKept> {
  act.addDetail({ plan: id, revision });
  const beside = besideAct(act);
  const find = (tx: Transaction) => findOperation(tx, sql`name = ${name}`);
  const operation = await beside.db.transaction(act.actor, find);
  const { reply } = await assess(beside, { operation: name });
  const sentence = [reply.treatedArea.sentence, reply.overall.sentence, reply.banner ?? ""]
    .filter((part) => part !== "")
    .join(" ");
  return act.db.transaction(act.actor, async (tx) => {
    const plan = await planOf(tx, id);
    const now = await find(tx);
    if (!operation || now?.id !== operation.id || now.revision !== operation.revision) {
      const detail = "Someone changed the operation. Try again.";
      throw new Problem(409, "Someone else saved first", detail);
    }
    const assessed = {
      assessedOperation: name,
      assessedRevision: operation.revision,
      assessedAsAt: act.asAt.date(),
      assessedSentence: sentence,
    };
    const change = { id, read: revision, act: "assessed", plan, assessed } as const;
    const kept = await changePlan(tx, change, writtenBy(act));
    if (kept === null) throw await planChangedMeanwhile(tx, { id, revision });
    return { id, name: plan.name, revision: kept };
  });
}
