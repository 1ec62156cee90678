import {
  type ChangedWindow,
  type ChangesReply,
  type PlanAct,
  planChange,
  type WindowParams,
} from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { insertLeadNotices } from "#server/patrols/notices.ts";
import { ownWindowIds, patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { holdPlan } from "#server/patrols/queries/plans.ts";
import {
  describeStored,
  type StoredPlan,
  storedPlan,
  withWindows,
} from "#server/patrols/stored.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

/** Locked until the transaction ends. */
export interface HeldPlan extends StoredPlan {
  readonly tx: Transaction;
  readonly places: Places;
  readonly command: Places["command"];
  /** Of a warden coordinator only those that its own rights showed. */
  readonly isOwn: (window: WindowRow) => boolean;
  readonly done: (act: PlanAct) => Promise<PlanReply>;
}

/** Retried when a session changed in between. */
export async function changePlan<Answer>(
  act: Act,
  { planId, windowId }: Pick<WindowParams, "planId"> & Partial<WindowParams>,
  work: (held: HeldPlan) => Promise<Answer>,
): Promise<Answer> {
  act.addDetail({ plan: planId, ...(windowId === undefined ? {} : { window: windowId }) });
  const places = await placesOf(act);
  const { command, nameOf } = places;
  return act.db.transaction(
    act.actor,
    async (tx) => {
      await lockOccupancy(tx);
      const own = await ownWindowIds(tx, act.actor, planId);
      const change = async (tx: Transaction) => {
        const before = await withWindows(tx, own?.size === 0 ? null : await holdPlan(tx, planId));
        const done = async (name: PlanAct) => {
          const after = await storedPlan(tx, planId);
          await keepChange(tx, act, { act: name, before, after });
          return describeStored(tx, after, { ...act, nameOf });
        };
        const isOwn = ({ id }: WindowRow) => own?.has(id) ?? true;
        return work({ ...before, tx, places, command, isOwn, done });
      };
      // A coordinator's windows are judged beside all others, which it may not read.
      return own ? tx.through("keeper", change) : change(tx);
    },
    { retries: 5 },
  );
}

async function keepChange(
  tx: Transaction,
  { zone, asAt, actor }: Act,
  given: { readonly act: PlanAct; readonly before: StoredPlan; readonly after: StoredPlan },
): Promise<void> {
  const { act, before, after } = given;
  const earlier = new Map(before.windows.map((window) => [window.id, window]));
  const changes = after.windows
    .map((window) => ({ window, was: earlier.get(window.id) }))
    .map(({ window, was }) => {
      const states = { before: was ? stateOf(zone, was) : null, after: stateOf(zone, window) };
      return { window, was, states };
    })
    .filter(({ states }) => JSON.stringify(states.before) !== JSON.stringify(states.after));
  if (changes.length === 0) return;
  const windows = changes.map(
    ({ window, states }): ChangedWindow => ({ id: window.label, ...states }),
  );
  if (patrolPartnerOf(actor) === null) await insertLeadNotices(tx, asAt.now(), changes);
  await tx.run(
    insertInto("patrol_change", {
      planId: after.plan.id,
      act,
      changedAt: new Date(asAt.now()),
      changedBy: actor.person,
      windows: JSON.stringify(windows),
    }),
  );
}

function stateOf(zone: Zone, { start, end, unit, stops, status }: WindowRow) {
  return {
    start: formatInstant(zone, start),
    end: formatInstant(zone, end),
    unit,
    stops: stops.map(({ cell }) => cell),
    status,
  };
}

const mostChanges = 100;

export function planChanges(act: Act, planId: string): Promise<ChangesReply> {
  act.addDetail({ plan: planId });
  return act.db.transaction(act.actor, async (tx) => {
    await storedPlan(tx, planId);
    const changes = await tx.rows(
      planChange,
      sql`select id, act, changed_at as at, changed_by as by, windows from patrol_change
        where plan_id = ${planId} order by id desc limit ${mostChanges}`,
    );
    return { changes };
  });
}
