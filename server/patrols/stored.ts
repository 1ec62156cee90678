import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { visitsBeside } from "#core/patrols/duty/stays.ts";
import { countedVisits, spentVisits } from "#core/patrols/ground/dose.ts";
import type { PatrolWindow, Visit } from "#core/patrols/ground/window.ts";
import { rosterConflict, visitWindows } from "#core/patrols/plan/judge.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadArrivalTimes } from "#server/patrols/arrival-times.ts";
import { periodOf } from "#server/patrols/ask.ts";
import { checksNow } from "#server/patrols/checks.ts";
import { numbered, squadNumbers } from "#server/patrols/patrol-partners.ts";
import {
  insertWindows,
  type NewWindow,
  plannedWindows,
  type WindowRow,
  windowsOfPlans,
  withdrawSuggested,
} from "#server/patrols/queries/patrol-windows.ts";
import * as plans from "#server/patrols/queries/plans.ts";
import { staysIn } from "#server/patrols/queries/stays.ts";
import { type Describer, describePlan, stands, walkedPart } from "#server/patrols/replies.ts";
import { planRoster } from "#server/patrols/roster.ts";
import { loadListedVisits } from "#server/patrols/visits.ts";
import { lastMoveOf, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export interface Suggestion {
  readonly plan: plans.NewPlan;
  readonly windows: readonly NewWindow[];
  /** Visits of other plans that count towards the same caps. */
  readonly others: readonly Visit[];
}

export interface StoredPlan {
  readonly plan: plans.PlanRow;
  readonly windows: readonly WindowRow[];
}

/**
 * Stores a suggestion, so that it can be changed and agreed by its number; it occupies nothing.
 * Replaces this person's earlier suggestions for these days: a partly agreed plan keeps its agreed
 * patrols and takes in the new suggestions, so that a shift has one briefing and one number.
 */
export async function storeSuggestion(
  tx: Transaction,
  { plan, windows }: Suggestion,
  made: { readonly at: number; readonly by: string },
): Promise<StoredPlan> {
  // The plan before its patrols: the common locking order.
  const agreed = await plans.findPlanToJoin(tx, made.by, plan);
  await plans.deleteSuggestions(tx, made.by, plan);
  await withdrawSuggested(tx, made.by, plan, made.at);
  const id = agreed ?? (await plans.insertPlan(tx, plan, made));
  if (agreed !== null) await plans.joinPlan(tx, id, plan);
  const before = agreed === null ? [] : (await storedPlan(tx, id)).windows;
  await insertWindows(
    tx,
    id,
    before.length === 0 ? windows : numbered(windows, await squadNumbers(tx), before),
  );
  return storedPlan(tx, id);
}

export async function storedPlan(tx: Transaction, planId: string): Promise<StoredPlan> {
  return withWindows(tx, await plans.readPlan(tx, planId));
}

export async function withWindows(
  tx: Transaction,
  plan: plans.PlanRow | null,
): Promise<StoredPlan> {
  if (plan) return { plan, windows: await windowsOfPlans(tx, [plan.id]) };
  const detail = "This plan is gone: it was replaced by a newer suggestion.";
  throw new Problem(404, "No such plan", detail);
}

/**
 * Plans in these days and a week around that may count for limits, agreed or run; and visits logged
 * or tapped without a planned stop: caps count agreed and logged (DEFINITIONS, Plan), whether the
 * planner or a sergeant places a window.
 */
export async function besideDays(tx: Transaction, zone: Zone, days: PlanDays) {
  const span = weekAround(zone, days);
  const planned = await plannedWindows(tx, span);
  const visits = spentVisits(planned);
  const logged = countedVisits(visits, await loadListedVisits(tx, span)).slice(visits.length);
  const tapped = await tx.through("keeper", (keeper) => staysIn(keeper, span, span.to));
  return { planned, visits, logged: [...logged, ...visitsBeside(standingParts(planned), tapped)] };
}

function weekAround(zone: Zone, days: PlanDays) {
  const { planFrom, planTo } = periodOf(zone, days);
  return { from: planFrom - 7 * dayMs, to: planTo + 7 * dayMs };
}

export async function standingBeside(
  tx: Transaction,
  zone: Zone,
  plan: plans.PlanRow,
  own: readonly WindowRow[],
): Promise<PatrolWindow[]> {
  const { planned, logged } = await besideDays(tx, zone, plan);
  const others = planned.filter(({ planId }) => planId !== plan.id);
  return [...standingParts([...own, ...others]), ...visitWindows(logged)];
}

/** Agreed, or cut while it ran. */
export const isPlanned = ({ status }: Pick<WindowRow, "status">) =>
  status === "agreed" || status === "called_off";

export const stillStands = (window: Pick<WindowRow, "status">) =>
  window.status === "suggested" || isPlanned(window);

/** Of a cancelled window only visits already begun. */
export function standingParts(windows: readonly WindowRow[]): WindowRow[] {
  return windows.map((window) => ({ ...window, stops: spentVisits([window]) }));
}

export interface StoredDescriber extends Describer {
  readonly asAt: Services["asAt"];
  /** False for roles that may only see the past; default true. */
  readonly readsRoster?: boolean;
}

export async function describerOf({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<StoredDescriber> {
  const places = await placesOf({ db });
  return { zone, asAt, nameOf: places.nameOf, movedOn: lastMoveOf(places) };
}

export async function describeStored(
  tx: Transaction,
  { plan, windows }: StoredPlan,
  describer: StoredDescriber,
): Promise<PlanReply> {
  const { zone, asAt, readsRoster = true } = describer;
  const now = asAt.now();
  const planned = await plannedWindows(tx, weekAround(zone, plan));
  const others = spentVisits(planned.filter(({ planId }) => planId !== plan.id));
  const checks = await checksNow(tx, describer, plan, windows);
  const roster = readsRoster ? await planRoster(tx, zone, plan) : null;
  // A demonstration's clock goes back at midnight: yesterday's late changes must not be later than
  // current checks.
  const described = describePlan(
    { ...plan, changedAt: Math.min(plan.changedAt, now) },
    windows.map((window) => ({
      ...window,
      unstaffed:
        roster && stands(window) && window.end > now ? rosterConflict(roster, window) : null,
    })),
    others,
    describer,
    ({ label }) => checks.get(label) ?? null,
  );
  return { ...described, arrivalTimes: await loadArrivalTimes(tx, zone, plan, windows) };
}

/** Newest first; other roles than sergeants see only patrols that are over. */
export async function listPlans(act: Act, span: PlanDays): Promise<PlanReply[]> {
  const readsRoster = act.actor.role === "sergeant";
  const describer = { ...(await describerOf(act)), readsRoster };
  return act.db.transaction(act.actor, async (tx) => {
    const stored = await plans.plansOfDays(tx, span);
    act.addDetail({ ...span, plans: stored.length });
    const windows = await windowsOfPlans(
      tx,
      stored.map(({ id }) => id),
    );
    const replies: PlanReply[] = [];
    for (const plan of stored) {
      const own = windows.filter(({ planId }) => planId === plan.id);
      const reply = await describeStored(tx, { plan, windows: own }, describer);
      const told = readsRoster ? reply : walkedPart(reply, act.asAt.now());
      if (readsRoster || told.windows.length > 0) replies.push(told);
    }
    return replies;
  });
}
