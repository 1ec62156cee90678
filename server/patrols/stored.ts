import { spentVisits } from "#core/patrols/spent-visits.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import { addDays, dayMs, type Zone } from "#core/time/zone.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadArrivalTimes } from "#server/patrols/arrival-times.ts";
import { askStaffing } from "#server/patrols/ask-staffing.ts";
import { checksNow } from "#server/patrols/checks.ts";
import {
  insertWindows,
  plannedWindows,
  type WindowRow,
  windowsOfPlans,
  withdrawSuggested,
} from "#server/patrols/queries/patrol-windows.ts";
import * as sql from "#server/patrols/queries/plans.ts";
import { type CheckOf, type Describer, describePlan, stands } from "#server/patrols/replies.ts";
import type { Suggestion } from "#server/patrols/suggest.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export interface StoredPlan {
  readonly plan: sql.PlanRow;
  readonly windows: readonly WindowRow[];
}

/**
 * Keeps a suggestion, so that it can be changed and agreed by its number; it occupies nothing. It takes the place of
 * whatever this person was suggested for these days before: of a plan that is agreed in part the agreed patrols stay,
 * and what is suggested beside them becomes part of that plan, so that a shift has one briefing and one number.
 */
export async function storeSuggestion(
  tx: Transaction,
  suggestion: Suggestion,
  made: { readonly at: number; readonly by: string },
): Promise<StoredPlan> {
  const { plan, windows } = suggestion;
  const before = { person: made.by, startsOn: plan.startsOn, days: plan.days };
  // The plan before its patrols, in the order in which everybody holds them.
  const agreed = await sql.findPlanToJoin(tx, made.by, plan);
  await sql.deleteSuggestions(tx, before);
  await withdrawSuggested(tx, before, made.at);
  const id = agreed ?? (await sql.insertPlan(tx, plan, made));
  if (agreed === null) {
    await insertWindows(tx, id, windows);
  } else {
    await sql.joinPlan(tx, id, plan);
    await insertWindows(tx, id, numberedAfter((await storedPlan(tx, id)).windows, windows));
  }
  return storedPlan(tx, id);
}

function numberedAfter(
  stored: readonly WindowRow[],
  windows: Suggestion["windows"],
): Suggestion["windows"] {
  const last = Math.max(0, ...stored.map(({ label }) => Number(label.slice(1))));
  return windows.map((window, at) => ({ ...window, label: `w${last + at + 1}` }));
}

export async function storedPlan(tx: Transaction, planId: string): Promise<StoredPlan> {
  return withWindows(tx, await sql.readPlan(tx, planId));
}

/** Held until the transaction ends: for whoever is about to change it. */
export async function heldPlan(tx: Transaction, planId: string): Promise<StoredPlan> {
  return withWindows(tx, await sql.findPlan(tx, planId));
}

async function withWindows(tx: Transaction, plan: sql.PlanRow | null): Promise<StoredPlan> {
  if (!plan) {
    throw new Problem(
      404,
      "No such plan",
      "This plan is gone: it was replaced by a newer suggestion.",
    );
  }
  return { plan, windows: await windowsOfPlans(tx, [plan.id]) };
}

/** The plan's dates as instants. */
export function periodOf(zone: Zone, plan: Pick<sql.PlanRow, "startsOn" | "days">) {
  return {
    planFrom: zone.startOfDate(plan.startsOn),
    planTo: zone.startOfDate(addDays(plan.startsOn, plan.days)),
  };
}

/** Windows of other plans, agreed or run, whose dose or units matter to this one. */
export async function otherWindows(
  tx: Transaction,
  zone: Zone,
  plan: sql.PlanRow,
): Promise<WindowRow[]> {
  const { planFrom, planTo } = periodOf(zone, plan);
  const span = { from: planFrom - 7 * dayMs, to: planTo + 7 * dayMs };
  return (await plannedWindows(tx, span)).filter((window) => window.planId !== plan.id);
}

/** A stored plan is told with checks of this moment. */
export interface StoredDescriber extends Describer {
  readonly asAt: Services["asAt"];
  /** Who reads what is past alone may not read the roster: left out, it is read. */
  readonly readsRoster?: boolean;
}

export async function describeStored(
  tx: Transaction,
  { plan, windows }: StoredPlan,
  describer: StoredDescriber,
): Promise<PlanReply> {
  const { zone, asAt } = describer;
  const others = spentVisits(await otherWindows(tx, zone, plan));
  // A demonstration's clock goes back at midnight: what was changed late yesterday is no later than the checks of now.
  const changedAt = Math.min(plan.changedAt, asAt.now());
  const checks = await checksNow(tx, { ...describer, ...periodOf(zone, plan) }, windows);
  const checkOf: CheckOf = ({ label }) => checks.get(label) ?? null;
  const conflictOf =
    describer.readsRoster === false ? () => null : await askStaffing(tx, zone, plan);
  const unstaffed = new Map(
    windows
      .filter((window) => stands(window) && window.end > asAt.now())
      .map((window) => [window.label, conflictOf(window)]),
  );
  const described = describePlan({ ...plan, changedAt }, windows, others, describer, checkOf);
  return {
    ...described,
    windows: described.windows.map((window) => {
      const reason = unstaffed.get(window.id);
      return reason ? { ...window, unstaffed: reason } : window;
    }),
    arrivalTimes: await loadArrivalTimes(tx, zone, plan, windows),
  };
}

export async function describerOf({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<StoredDescriber> {
  const { nameOf } = await placesOf({ db });
  return { zone, asAt, nameOf };
}

/** Plans whose days share one with these, newest first. */
export async function listPlans(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  span: { readonly from: string; readonly days: number },
): Promise<PlanReply[]> {
  const readsRoster = actor.role === "sergeant";
  const describer = { ...(await describerOf(services)), readsRoster };
  return services.db.transaction(actor, async (tx) => {
    const plans = await sql.plansOfDays(tx, span);
    services.addDetail({ ...span, plans: plans.length });
    const windows = await windowsOfPlans(
      tx,
      plans.map((plan) => plan.id),
    );
    const replies: PlanReply[] = [];
    for (const plan of plans) {
      const own = windows.filter((window) => window.planId === plan.id);
      replies.push(await describeStored(tx, { plan, windows: own }, describer));
    }
    return replies;
  });
}
