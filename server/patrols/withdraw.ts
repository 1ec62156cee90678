import type { PlanAct, WindowParams } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { changePlan } from "#server/patrols/history.ts";
import {
  deletePatrolOccupancy,
  setSuggested,
  setWithdrawn,
  type WindowRow,
} from "#server/patrols/queries/patrol-windows.ts";
import { markSuggested, markWithdrawn, revisePlan } from "#server/patrols/queries/plans.ts";
import {
  describerOf,
  describeStored,
  isPlanned,
  stillStands,
  storedPlan,
} from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";

/** Only windows that have not begun; the rest is part of the record. */
export const withdrawPlan = (act: Act, planId: string, windowIds?: readonly string[]) =>
  undo(act, planId, windowIds, {
    from: ["suggested", "agreed"],
    name: "remove",
    write: setWithdrawn,
    stands: stillStands,
    left: markWithdrawn,
  });

export const takeBackPlan = (act: Act, planId: string, windowIds?: readonly string[]) =>
  undo(act, planId, windowIds, {
    from: ["agreed"],
    name: "take_back",
    write: setSuggested,
    stands: isPlanned,
    left: markSuggested,
  });

function undo(
  act: Act,
  planId: string,
  labels: readonly string[] | undefined,
  way: {
    readonly name: PlanAct;
    readonly from: readonly WindowRow["status"][];
    readonly write: (tx: Transaction, ids: readonly string[], at: number) => Promise<void>;
    readonly stands: (window: WindowRow) => boolean;
    readonly left: (tx: Transaction, planId: string) => Promise<void>;
  },
): Promise<PlanReply> {
  const now = act.asAt.now();
  return changePlan(act, { planId }, async ({ tx, windows: all, isOwn, done }) => {
    const open = all.filter(
      (window) =>
        isOwn(window) &&
        way.from.includes(window.status) &&
        (window.status === "suggested" || window.start > now),
    );
    const windows = labels ? open.filter(({ label }) => labels.includes(label)) : open;
    if (windows.length === 0 || (labels && windows.length < new Set(labels).size)) {
      const detail =
        "Only patrols that are suggested or approved and have not begun can be withdrawn.";
      throw new Problem(409, "Nothing withdrawn", detail);
    }
    const ids = windows.map(({ id }) => id);
    act.addDetail({ windows: ids.length });
    await way.write(tx, ids, now);
    await tx.through("keeper", (keeper) => deletePatrolOccupancy(keeper, ids));
    if (windows.some(isOnSheet)) await revisePlan(tx, planId);
    const left = await storedPlan(tx, planId);
    if (!left.windows.some(way.stands)) await way.left(tx, planId);
    return done(way.name);
  });
}

/** On a sheet of police, perhaps. */
const isOnSheet = ({ status, patrolPartner }: WindowRow) =>
  status === "agreed" && patrolPartner === null;

/** Marks a lost patrol as not to be replaced, for every sergeant, or reverts that. */
export async function dismissWindow(
  act: Act,
  lost: WindowParams,
  dismissed: boolean,
): Promise<PlanReply> {
  act.addDetail({ plan: lost.planId, window: lost.windowId });
  const describer = await describerOf(act);
  return act.db.transaction(act.actor, async (tx) => {
    const isLost = await tx.did(sql`update patrol_window
      set dismissed = ${dismissed}, replaced_by = null where ${lostWindow(lost)}`);
    if (!isLost) throw notLost(lost);
    return describeStored(tx, await storedPlan(tx, lost.planId), describer);
  });
}

/** While the replacement is valid; afterwards it has to be replaced again. */
export async function replaceLost(
  tx: Transaction,
  lost: WindowParams,
  by: Pick<WindowRow, "planId" | "label">,
): Promise<void> {
  const isLost = await tx.did(sql`update patrol_window set replaced_by = (
      select id from patrol_window where plan_id = ${by.planId} and label = ${by.label}
    ) where ${lostWindow(lost)}`);
  if (!isLost) throw notLost(lost);
}

const lostWindow = ({ planId, windowId }: WindowParams) =>
  sql`plan_id = ${planId} and label = ${windowId} and status in ('unavailable', 'called_off')`;

const notLost = ({ windowId }: WindowParams) =>
  new Problem(409, "Not changed", `Patrol ${windowId} of that plan was not lost.`);
