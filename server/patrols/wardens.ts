import { rosterConflict } from "#core/patrols/plan/judge.ts";
import { plainWhy } from "#core/patrols/plan/reasons.ts";
import type { WindowParams } from "#core/patrols/wire/board.ts";
import type { PatrolPartner } from "#core/patrols/wire/patrol-partners.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { unitNumber, unitOf } from "#core/patrols/wire/unit.ts";
import type * as wire from "#core/patrols/wire/wardens.ts";
import type { Actor } from "#core/role.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { agreePlan } from "#server/patrols/agree.ts";
import { changeWindow } from "#server/patrols/change.ts";
import { checksNow } from "#server/patrols/checks.ts";
import {
  loadPatrolPartners,
  ownWindows,
  patrolPartnerOf,
} from "#server/patrols/patrol-partners.ts";
import { readPlan } from "#server/patrols/queries/plans.ts";
import { describePlan } from "#server/patrols/replies.ts";
import { planRoster } from "#server/patrols/roster.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { withdrawPlan } from "#server/patrols/withdraw.ts";
import { Problem } from "#server/problem.ts";

/** A warden coordinator and its own patrols (ADR 36): which they are, its own rights say. */

export async function ownPartner(tx: Transaction, actor: Actor): Promise<PatrolPartner> {
  const code = patrolPartnerOf(actor);
  const own = (await loadPatrolPartners(tx)).find((one) => one.code === code);
  if (own) return own;
  const detail = "Your account belongs to no patrol partner: ask the administrator to set it.";
  throw new Problem(404, "No patrol partner", detail);
}

/** What a coordinator is told of a window: nothing of events, nor of what it is worth. */
export function wardenWindow(planId: string, window: PlanReply["windows"][number]) {
  const { id, zone, place, start, end, stops, legs, route, light } = window;
  const { status, mode, checked, unstaffed } = window;
  const unit = unitNumber(window.unit);
  return {
    planId,
    id,
    zone,
    place,
    unit,
    start,
    end,
    stops,
    route,
    why: plainWhy,
    light,
    status,
    mode,
    checked,
    ...(legs ? { legs } : {}),
    ...(unstaffed ? { unstaffed } : {}),
  };
}

/** Suggested, approved and lost ones of shifts that begin on these days; not what was withdrawn. */
export async function readWardenWindows(act: Act, { from, days }: DateSpan) {
  const { zone, asAt } = act;
  act.addDetail({ from, days });
  const describer = await describerOf(act);
  const span = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(from, days)) };
  return act.db.transaction(act.actor, async (tx): Promise<wire.WardenWindowsReply> => {
    const patrolPartner = await ownPartner(tx, act.actor);
    const found = await ownWindows(
      tx,
      sql`status <> 'withdrawn' and shift_starts_at >= ${new Date(span.from)}
        and shift_starts_at < ${new Date(span.to)}`,
    );
    act.addDetail({ windows: found.length });
    const windows: wire.WardenWindow[] = [];
    for (const planId of new Set(found.map((one) => one.planId))) {
      const plan = await tx.through("keeper", (keeper) => readPlan(keeper, planId));
      if (!plan) continue;
      const roster = await tx.through("keeper", (keeper) => planRoster(keeper, zone, plan));
      const own = found.filter((one) => one.planId === planId);
      const checks = await checksNow(tx, act, plan, own);
      const told = describePlan(
        plan,
        own.map((one) => ({ ...one, unstaffed: rosterConflict(roster, one) })),
        [],
        describer,
        ({ label }) => checks.get(label) ?? null,
      );
      windows.push(...told.windows.map((one) => wardenWindow(planId, one)));
    }
    windows.sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a.unit - b.unit);
    const newest = Math.max(...found.map(({ checkedAt }) => checkedAt));
    return {
      from,
      to: addDays(from, days - 1),
      patrolPartner,
      windows,
      changedAt: found.length === 0 ? null : formatInstant(zone, Math.min(newest, asAt.now())),
    };
  });
}

type ActOnPlan = (act: Act, planId: string, labels: readonly string[]) => Promise<PlanReply>;

/** Each of its plans all or none. */
async function onOwn(act: Act, refs: readonly WindowParams[], work: ActOnPlan) {
  const windows: wire.WardenWindow[] = [];
  for (const planId of new Set(refs.map((ref) => ref.planId))) {
    const labels = refs.filter((ref) => ref.planId === planId).map(({ windowId }) => windowId);
    const plan = await work(act, planId, labels);
    const done = plan.windows.filter(({ id }) => labels.includes(id));
    windows.push(...done.map((window) => wardenWindow(planId, window)));
  }
  return { windows };
}

export const agreeOwn = (act: Act, refs: readonly WindowParams[]) => onOwn(act, refs, agreePlan);

export const withdrawOwn = (act: Act, refs: readonly WindowParams[]) =>
  onOwn(act, refs, withdrawPlan);

export async function changeOwn(
  act: Act,
  target: WindowParams,
  { unit, ...change }: wire.WardenChange,
): Promise<wire.WardenChangeReply> {
  const { number } = await act.db.transaction(act.actor, (tx) => ownPartner(tx, act.actor));
  const reply = await changeWindow(act, target, {
    ...change,
    ...(unit ? { unit: unitOf(number, unit) } : {}),
  });
  if (reply.ok) return { ok: true, window: wardenWindow(target.planId, reply.window) };
  const { reason, nearest } = reply;
  return { ok: false, reason, nearest };
}
