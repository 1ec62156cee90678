import type { ChangesReply, PlanAct, WindowState } from "#core/patrols/wire/board.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { changesOf, insertChange } from "#server/patrols/queries/patrol-changes.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type StoredPlan, storedPlan } from "#server/patrols/stored.ts";

/** More than anybody reads. */
const mostChanges = 100;

/** Keeps what an act did to a plan's windows: those that stand otherwise now than before. */
export async function rememberChange(
  tx: Transaction,
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  actor: Actor,
  given: { readonly act: PlanAct; readonly before: StoredPlan; readonly after: StoredPlan },
): Promise<void> {
  const { act, before, after } = given;
  const earlier = new Map(before.windows.map((window) => [window.id, window]));
  const windows = after.windows.flatMap((window) => {
    const was = earlier.get(window.id);
    const states = { before: was ? stateOf(zone, was) : null, after: stateOf(zone, window) };
    const isSame = JSON.stringify(states.before) === JSON.stringify(states.after);
    return isSame ? [] : [{ id: window.label, ...states }];
  });
  if (windows.length === 0) return;
  const { id: planId } = after.plan;
  await insertChange(tx, { planId, act, at: asAt.now(), by: actor.person, windows });
}

function stateOf(zone: Zone, { start, end, unit, stops, status }: WindowRow): WindowState {
  return {
    start: formatInstant(zone, start),
    end: formatInstant(zone, end),
    unit,
    stops: stops.map(({ cell }) => cell),
    status,
  };
}

export function planChanges(
  { db, zone, addDetail }: Pick<ActServices, "db" | "zone" | "addDetail">,
  actor: Actor,
  planId: string,
): Promise<ChangesReply> {
  addDetail({ plan: planId });
  return db.transaction(actor, async (tx) => {
    await storedPlan(tx, planId);
    const rows = await changesOf(tx, planId, mostChanges);
    return {
      changes: rows.map((row) => ({
        ...row,
        at: formatInstant(zone, row.at),
        windows: [...row.windows],
      })),
    };
  });
}
