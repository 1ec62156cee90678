import { cutAtCommand } from "#core/displacement/operation-area.ts";
import { checkPlan } from "#core/place-plans/check-plan.ts";
import type { PlacePlan } from "#core/place-plans/plan.ts";
import { planChanges } from "#core/place-plans/plan.ts";
import {
  type PlacePlanBody,
  type PlacePlanKept,
  planChangedMeanwhileTitle,
} from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import type { Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import * as sql from "#server/place-plans/queries/place-plans.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { changedMeanwhileProblem, Problem } from "#server/problem.ts";

export type PlanServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** Keeps a new place plan: cut at the command's line, checked, and no word of a person. */
export async function addPlan(
  services: PlanServices,
  actor: Actor,
  body: PlacePlanBody,
): Promise<PlacePlanKept> {
  const places = await placesOf(services);
  const plan = judged(body, { services, places, keptReviewOn: null });
  return services.db.transaction(actor, async (tx) => {
    const by = { person: actor.person, now: services.asAt.now() };
    const id = await sql.insertPlan(tx, plan, by);
    services.addDetail({ plan: id, revision: 1, cells: plan.area.cells.length });
    return { id, name: plan.name, revision: 1 };
  });
}

/** Makes a plan what is given; whoever read an older revision is refused, with what changed since. */
export async function changeWholePlan(
  services: PlanServices,
  actor: Actor,
  {
    id,
    revision,
    body,
  }: { readonly id: number; readonly revision: number; readonly body: PlacePlanBody },
): Promise<PlacePlanKept> {
  const places = await placesOf(services);
  services.addDetail({ plan: id, revision, state: body.state });
  return services.db.transaction(actor, async (tx) => {
    const stored = await planOf(tx, id);
    const plan = judged(body, { services, places, keptReviewOn: stored.reviewOn });
    const by = { person: actor.person, now: services.asAt.now() };
    const kept = await sql.changePlan(tx, { id, read: revision, plan }, by);
    if (kept === null) throw await planChangedMeanwhile(tx, services.zone, { id, revision });
    return { id, name: plan.name, revision: kept };
  });
}

/** One plan as it is stored; 404 where there is none. */
export async function planOf(tx: Transaction, id: number): Promise<PlacePlan> {
  const head = (await sql.loadPlanHeads(tx)).find((plan) => plan.id === id);
  const inner = (await sql.loadPlanInners(tx)).find((plan) => plan.id === id);
  if (!head || !inner) throw noSuchPlan();
  return wholePlan(head, inner);
}

export function wholePlan(head: sql.PlanHead, inner: sql.PlanInner): PlacePlan {
  const { name, state, result, stopRule, reviewOn, isForMeeting } = head;
  const { scanning, analysis } = inner;
  return {
    ...{ name, state, result, stopRule, reviewOn, isForMeeting, scanning, analysis },
    area: { by: inner.areaBy, name: inner.areaName, cells: inner.cells },
    response: responseOf(head),
  };
}

export function responseOf({
  partners,
  place,
  diversion,
  enforcement,
}: Pick<sql.PlanHead, "partners" | "place" | "diversion" | "enforcement">) {
  return { partners, place, diversion, enforcement };
}

interface Ground {
  readonly services: Pick<PlanServices, "asAt">;
  readonly places: Pick<Places, "command">;
  readonly keptReviewOn: string | null;
}

/** Trimmed and cut at the command's line; refused with a reason for each field that is wrong. */
function judged(body: PlacePlanBody, { services, places, keptReviewOn }: Ground): PlacePlan {
  const { command } = places;
  const plan = trimmed(body);
  const asAt = services.asAt.date();
  const refusal = refusedFields(checkPlan(plan, { command, asAt, keptReviewOn }));
  if (refusal) throw refusal;
  const { inside } = cutAtCommand(plan.area.cells, command);
  return { ...plan, area: { ...plan.area, cells: inside } };
}

function trimmed({ response, ...body }: PlacePlanBody): PlacePlan {
  return {
    ...body,
    name: body.name.trim(),
    scanning: body.scanning.trim(),
    analysis: body.analysis.trim(),
    stopRule: body.stopRule.trim(),
    result: body.result.trim(),
    response: {
      partners: response.partners.trim(),
      place: response.place.trim(),
      diversion: response.diversion.trim(),
      enforcement: response.enforcement.trim(),
    },
  };
}

/** All that is wrong, field by field; the first one leads. */
export function refusedFields(faults: readonly WordsFault[]): Problem | null {
  const [first] = faults;
  if (!first) return null;
  const told = `${first.reason} Nothing was saved.`;
  return new Problem(422, "Not accepted", told, faults);
}

export function noSuchPlan(): Problem {
  return new Problem(
    404,
    "No such place plan",
    "There is no place plan with this number. Refresh the list.",
  );
}

/** Somebody else was first; what they changed since is said. */
export async function planChangedMeanwhile(
  tx: Transaction,
  zone: Zone,
  { id, revision }: { readonly id: number; readonly revision: number },
): Promise<Problem> {
  const revisions = await sql.loadPlanRevisions(tx, { id, withContent: true });
  const last = revisions.at(-1);
  if (!last) return noSuchPlan();
  const read = revisions.find((one) => one.revision === revision);
  const changes = read?.content && last.content ? planChanges(read.content, last.content) : [];
  return changedMeanwhileProblem(zone, planChangedMeanwhileTitle, last, { revision, changes });
}
