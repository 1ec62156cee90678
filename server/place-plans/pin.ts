import { type H3Cell, resolutionOf } from "#core/geo/cell.ts";
import { type HotspotsQuery, hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { mostFigures, pinnedOf } from "#core/place-plans/figure.ts";
import type { PlacePlanKept } from "#core/place-plans/wire/place-plans.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { assess } from "#server/displacement/assess.ts";
import { loadAllOperations } from "#server/displacement/queries/operations.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { planChangedMeanwhile, planOf } from "#server/place-plans/plans.ts";
import {
  insertFigure,
  loadFigures,
  markFigureRemoved,
  pinAssessment,
} from "#server/place-plans/queries/place-plans.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export interface PinRequest {
  readonly planId: number;
  /** What GET /api/hotspots is asked. */
  readonly query: Readonly<Record<string, string>>;
  readonly cell: H3Cell | null;
}

/**
 * Counts the question of Hotspots again and keeps the answer with its method: what is pinned was never typed, and
 * does not move when records change.
 */
export async function pinFigure(
  services: ActServices,
  actor: Actor,
  { planId, query, cell }: PinRequest,
): Promise<{ figure: number }> {
  const asked = readQuery(query, cell);
  const { nameOf } = await placesOf(services);
  const chosen = cell === null ? null : { cell, place: nameOf(cell) };
  if (chosen !== null) await refuseOutside(services, asked, chosen);
  services.addDetail({ plan: planId, from: asked.from, to: asked.to, measure: asked.measure });
  const silent = { ...services, addDetail: () => undefined };
  const beside: ActServices = { ...silent, db: besideAct(services.db) };
  const content = pinnedOf(asked, await computeHotspots(beside, actor, asked), chosen);
  return services.db.transaction(actor, async (tx) => {
    await planOf(tx, planId);
    const pinned = (await loadFigures(tx)).filter((figure) => figure.planId === planId);
    if (pinned.length >= mostFigures) {
      throw new Problem(
        409,
        "Too many figures",
        `A plan can have at most ${mostFigures} pinned figures. Remove one first.`,
      );
    }
    const by = { person: actor.person, now: services.asAt.now() };
    const figure = await insertFigure(tx, { planId, asAt: services.asAt.date(), content }, by);
    services.addDetail({ figure });
    return { figure };
  });
}

/** What lies outside is not counted: a nought there would be made up. */
async function refuseOutside(
  services: ActServices,
  { area, resolution }: HotspotsQuery,
  { cell, place }: { readonly cell: H3Cell; readonly place: string },
): Promise<void> {
  const study = parentStudySet(await studySet(services, area), resolution);
  if (study.indexOf.has(cell)) return;
  throw new Problem(
    422,
    "Outside the chosen area",
    `${place} is not in ${study.name}, so nothing is counted there. Choose an area that contains it. Nothing was pinned.`,
  );
}

/** The act's line belongs to the pin: what it stands on is looked up beside it. */
function besideAct(db: ActServices["db"]): ActServices["db"] {
  return {
    ...db,
    transaction: (actor, work, options) =>
      db.transaction(actor, work, { ...options, beside: true }),
  };
}

/** A limit would cut the chosen cell off; Hotspots ranks all of them. */
function readQuery(query: PinRequest["query"], cell: H3Cell | null): HotspotsQuery {
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

/** Takes a figure off its plan or puts it back: the same figure, as it was. */
export async function moveFigure(
  services: Pick<ActServices, "db" | "asAt" | "addDetail">,
  actor: Actor,
  {
    planId,
    figure,
    isOn,
  }: { readonly planId: number; readonly figure: number; readonly isOn: boolean },
): Promise<{ figure: number }> {
  services.addDetail({ plan: planId, figure });
  return services.db.transaction(actor, async (tx) => {
    const removedAt = isOn ? null : services.asAt.now();
    const found = await markFigureRemoved(tx, { id: figure, planId, removedAt });
    if (!found) {
      throw new Problem(
        404,
        "No such figure",
        "This figure is no longer on the plan. Refresh the page.",
      );
    }
    return { figure };
  });
}

/** Pins what Displacement says of an operation as at today, with its date and the operation's revision. */
export async function assessPlan(
  services: ActServices,
  actor: Actor,
  asked: { readonly planId: number; readonly revision: number; readonly operation: string },
): Promise<PlacePlanKept> {
  const { planId: id, revision } = asked;
  services.addDetail({ plan: id, revision });
  const beside: ActServices = {
    ...services,
    addDetail: () => undefined,
    db: besideAct(services.db),
  };
  const all = await beside.db.transaction(actor, loadAllOperations);
  const operation = all.find(({ name }) => name === asked.operation);
  const { reply } = await assess(beside, actor, { operation: asked.operation });
  const sentence = [reply.treatedArea.sentence, reply.overall.sentence, reply.banner ?? ""]
    .filter((part) => part !== "")
    .join(" ");
  return services.db.transaction(actor, async (tx) => {
    const plan = await planOf(tx, id);
    const now = operation ? await readRevision(tx, operation.id) : null;
    if (!operation || now !== operation.revision) {
      throw new Problem(
        409,
        "Someone else saved first",
        "Someone changed the operation. Try again.",
      );
    }
    const by = { person: actor.person, now: services.asAt.now() };
    const kept = await pinAssessment(
      tx,
      {
        ...{ id, read: revision, sentence, plan },
        operation: operation.name,
        operationRevision: operation.revision,
        asAt: services.asAt.date(),
      },
      by,
    );
    if (kept === null) throw await planChangedMeanwhile(tx, services.zone, { id, revision });
    return { id, name: plan.name, revision: kept };
  });
}

async function readRevision(
  tx: Parameters<typeof loadAllOperations>[0],
  id: number,
): Promise<number | null> {
  return (await loadAllOperations(tx)).find((one) => one.id === id)?.revision ?? null;
}
