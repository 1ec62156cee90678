import { checkAction, isOverdue } from "#core/place-plans/action.ts";
import type * as wire from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { noSuchPlan, refusedFields } from "#server/place-plans/plans.ts";
import { packIds } from "#server/place-plans/queries/meeting.ts";
import {
  changeAction,
  insertAction,
  loadActions,
  type StoredAction,
} from "#server/place-plans/queries/place-actions.ts";
import { loadPlanHeads } from "#server/place-plans/queries/place-plans.ts";
import { Problem } from "#server/problem.ts";

type ActionServices = Pick<ActServices, "db" | "asAt" | "addDetail">;

/** Every place action, open ones by due date. */
export async function readActions(
  services: ActionServices,
  actor: Actor,
): Promise<wire.PlaceActionsReply> {
  const asAt = services.asAt.date();
  return services.db.transaction(actor, async (tx) => {
    const actions = await loadActions(tx);
    services.addDetail({ actions: actions.length });
    return { asAt, actions: actions.map((action) => actionReply(action, { asAt, actor })) };
  });
}

function actionReply(
  action: StoredAction,
  { asAt, actor }: { readonly asAt: string; readonly actor: Actor },
): wire.PlaceActionReply {
  const { id, planId, plan, meeting, words, owner, dueOn, state, closedOn, revision } = action;
  return {
    ...{ id, planId, plan, meeting, words, owner, dueOn, state, closedOn, revision },
    isOverdue: isOverdue(action, asAt),
    isOwn: isOwnAction(action, actor),
  };
}

/** The coordinator owns place actions; police answer for their own office alone. */
function isOwnAction({ owner }: Pick<StoredAction, "owner">, { role }: Actor): boolean {
  if (role === "coordinator") return true;
  return (role === "sergeant" || role === "analyst") && owner === "neighbourhood_policing";
}

/** Keeps a new action: of a plan, of a meeting, or of neither. */
export async function addAction(
  services: ActionServices,
  actor: Actor,
  body: wire.PlaceActionBody,
): Promise<{ id: number; revision: number }> {
  const { planId, packId, owner, dueOn } = body;
  const words = body.words.trim();
  const refusal = refusedFields(
    checkAction({ words, owner, dueOn }, { asAt: services.asAt.date(), kept: null }),
  );
  if (refusal) throw refusal;
  services.addDetail({ plan: planId, owner, due: dueOn });
  return services.db.transaction(actor, async (tx) => {
    await refuseUnlessThere(tx, { planId, packId });
    const by = { person: actor.person, now: services.asAt.now() };
    const id = await insertAction(tx, { planId, packId, words, owner, dueOn }, by);
    services.addDetail({ action: id });
    return { id, revision: 1 };
  });
}

async function refuseUnlessThere(
  tx: Transaction,
  { planId, packId }: Pick<wire.PlaceActionBody, "planId" | "packId">,
): Promise<void> {
  if (planId !== null && !(await loadPlanHeads(tx)).some(({ id }) => id === planId)) {
    throw noSuchPlan();
  }
  if (packId !== null && !(await packIds(tx)).includes(packId)) {
    throw new Problem(
      404,
      "No such meeting",
      "There is no pack with this number. Refresh the list.",
    );
  }
}

/** Makes an action what is given; whoever read an older revision is told. */
export async function changeWholeAction(
  services: ActionServices,
  actor: Actor,
  { id, body }: { readonly id: number; readonly body: wire.ChangeActionBody },
): Promise<{ id: number; revision: number }> {
  const { owner, dueOn, state, revision } = body;
  const words = body.words.trim();
  const asAt = services.asAt.date();
  services.addDetail({ action: id, owner, state });
  return services.db.transaction(actor, async (tx) => {
    const stored = (await loadActions(tx)).find((action) => action.id === id);
    if (!stored) throw new Problem(404, "No such action", "There is no action with this number.");
    if (!isOwnAction(stored, actor) || !isOwnAction({ owner }, actor)) throw notOwn();
    const refusal = refusedFields(checkAction({ words, owner, dueOn }, { asAt, kept: stored }));
    if (refusal) throw refusal;
    const closedOn = state === "open" ? null : (stored.closedOn ?? asAt);
    const by = { person: actor.person, now: services.asAt.now() };
    const change = { id, read: revision, words, owner, dueOn, state, closedOn };
    const kept = await changeAction(tx, change, by);
    if (kept === null) {
      throw new Problem(
        409,
        "Someone else saved first",
        `${stored.changedBy} changed this action since you opened it. Nothing was saved. Check it and try again.`,
      );
    }
    return { id, revision: kept };
  });
}

function notOwn(): Problem {
  return new Problem(
    403,
    "You cannot change this",
    "The coordinator owns place actions. Police can add any, but change only those of neighbourhood policing.",
  );
}
