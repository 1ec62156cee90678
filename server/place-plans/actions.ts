import { z } from "zod";
import { instant } from "#core/contract/fields.ts";
import { checkAction, isOverdue } from "#core/place-plans/action.ts";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { noSuchPlan, refuseFields, writtenBy } from "#server/place-plans/plans.ts";
import { changeAction, insertAction } from "#server/place-plans/store.ts";
import { Problem } from "#server/problem.ts";

const storedAction = wire.placeAction.extend({
  /** Whether partners at the meeting may read of its plan; true without one. */
  isForMeeting: z.boolean(),
  changedAt: instant,
  changedBy: z.string(),
});
type StoredAction = z.infer<typeof storedAction>;

const ownColumns = storedAction.omit({ plan: true, meeting: true, isForMeeting: true });

/** Open ones by due date, then those that are over, the last ones first. */
export const loadActions = (tx: Transaction) => tx.rows(storedAction, actionsWhere(sql`true`));

const actionsWhere = (condition: Sql) => sql`
  select ${columnsOf(ownColumns, { of: "place_action" })}, place_plan.name as plan,
    meeting_pack.number as meeting, coalesce(place_plan.is_for_meeting, true) as is_for_meeting
  from place_action
  left join place_plan on place_plan.id = place_action.plan_id
  left join meeting_pack on meeting_pack.id = place_action.pack_id
  where ${condition}
  order by place_action.state <> 'open',
    case when place_action.state = 'open' then place_action.due_on end,
    place_action.closed_on desc, place_action.id`;

/** Open ones by due date. */
export function readActions(act: Act): Promise<wire.PlaceActionsReply> {
  const asAt = act.asAt.date();
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await loadActions(tx);
    act.addDetail({ actions: stored.length });
    const actions = stored.map((action) => ({
      ...wire.placeAction.strip().parse(action),
      isOverdue: isOverdue(action, asAt),
      isOwn: isOwnAction(action, act.actor),
    }));
    return { asAt, actions };
  });
}

/** The coordinator owns place actions; police answer for their own office alone. */
function isOwnAction({ owner }: Pick<StoredAction, "owner">, { role }: Actor): boolean {
  if (role === "coordinator") return true;
  return (role === "sergeant" || role === "analyst") && owner === "neighbourhood_policing";
}

export function addAction(
  act: Act,
  body: wire.PlaceActionBody,
): Promise<{ id: number; revision: number }> {
  const { planId, packId, owner, dueOn } = body;
  const action = { words: body.words.trim(), owner, dueOn };
  refuseFields(checkAction(action, { asAt: act.asAt.date(), kept: null }));
  act.addDetail({ plan: planId, owner, due: dueOn });
  return act.db.transaction(act.actor, async (tx) => {
    if (!(await isThere(tx, planId, sql`place_plan`))) throw noSuchPlan();
    if (!(await isThere(tx, packId, sql`meeting_pack`))) {
      const detail = "There is no pack with this number. Refresh the list.";
      throw new Problem(404, "No such meeting", detail);
    }
    const id = await insertAction(tx, { ...action, planId, packId }, writtenBy(act));
    act.addDetail({ action: id });
    return { id, revision: 1 };
  });
}

async function isThere(tx: Transaction, id: number | null, table: Sql): Promise<boolean> {
  if (id === null) return true;
  return (await tx.maybe(z.object({}), sql`select from ${table} where id = ${id}`)) !== null;
}

/** An outdated revision is refused. */
export function changeWholeAction(
  act: Act,
  id: number,
  body: wire.ChangeActionBody,
): Promise<{ id: number; revision: number }> {
  const { owner, dueOn, state, revision } = body;
  const action = { words: body.words.trim(), owner, dueOn };
  const asAt = act.asAt.date();
  act.addDetail({ action: id, owner, state });
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await tx.maybe(storedAction, actionsWhere(sql`place_action.id = ${id}`));
    if (!stored) throw new Problem(404, "No such action", "There is no action with this number.");
    if (!isOwnAction(stored, act.actor) || !isOwnAction({ owner }, act.actor)) throw notOwn();
    refuseFields(checkAction(action, { asAt, kept: stored }));
    const closedOn = state === "open" ? null : (stored.closedOn ?? asAt);
    const change = { ...action, id, read: revision, state, closedOn };
    const kept = await changeAction(tx, change, writtenBy(act));
    if (kept !== null) return { id, revision: kept };
    const detail = `${stored.changedBy} changed this action since you opened it. Nothing was saved. Check it and try again.`;
    throw new Problem(409, "Someone else saved first", detail);
  });
}

function notOwn(): Problem {
  return new Problem(
    403,
    "You cannot change this",
    "The coordinator owns place actions. Police can add any, but change only those of neighbourhood policing.",
  );
}
