import { shownUntil } from "#core/blackouts/shown-until.ts";
import type { Actor } from "#core/model/role.ts";
import { standingConflict } from "#core/patrol/change.ts";
import type { ClosedTime } from "#core/patrol/closed-time.ts";
import { notAvailableWords } from "#core/patrol/refusal.ts";
import { routeCells } from "#core/patrol/route.ts";
import { patrolDefaults } from "#core/patrol/settings.ts";
import type { PatrolWindow } from "#core/patrol/window.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import type { WindowChange, WindowChangeReply } from "#core/wire/plan.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Transaction } from "#server/db/database.ts";
import { countFootprintView } from "#server/outreach/footprint-views.ts";
import { placesOf } from "#server/places/places.ts";
import { standingParts } from "#server/plan/agree.ts";
import { refuseUnlessCalendarsKnown } from "#server/plan/calendars-known.ts";
import { takenWindows } from "#server/plan/checks.ts";
import { closedTime } from "#server/plan/closed.ts";
import { judgedWindow } from "#server/plan/judged-window.ts";
import { type AskedWindow, askedWindow, movedWindow, shiftsOf } from "#server/plan/moved-window.ts";
import { lastShownDay } from "#server/plan/reach.ts";
import { refusedChange } from "#server/plan/refused-change.ts";
import { type Describer, describeWindow } from "#server/plan/replies.ts";
import { type AskStaffing, askStaffing } from "#server/plan/staffing-known.ts";
import {
  describeStored,
  heldPlan,
  otherWindows,
  periodOf,
  type StoredPlan,
  storedPlan,
} from "#server/plan/stored.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/queries/occupancy.ts";
import {
  deletePatrolOccupancy,
  insertPatrolOccupancy,
  setLocked,
  updateWindow,
  type WindowRow,
} from "#server/queries/patrol-windows.ts";
import { type PlanRow, revisePlan } from "#server/queries/plans.ts";

type ChangeServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail" | "refuse">;

/** Moves, stretches or re-routes one window, or says why not; a refusal changes nothing. */
export async function changeWindow(
  services: ChangeServices,
  actor: Actor,
  target: { readonly planId: string; readonly label: string; readonly change: WindowChange },
): Promise<WindowChangeReply> {
  const { zone } = services;
  // Neither the time asked for nor why it is refused: a row of such lines would tell what is closed.
  services.addDetail({ plan: target.planId, window: target.label });
  const { command, nameOf } = await placesOf(services);
  return services.db.transaction(
    actor,
    async (tx): Promise<WindowChangeReply> => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, target.planId);
      const found = changeable(stored, target.label, services.asAt.now());
      const window = { ...found, locked: target.change.locked ?? found.locked };
      const { plan } = stored;
      const { locked, ...moves } = target.change;
      if (locked !== undefined) await setLocked(tx, window.id, locked);
      if (locked !== undefined && Object.keys(moves).length === 0) {
        return changedReply(tx, { target, window }, { zone, nameOf });
      }
      await refuseUnlessCalendarsKnown(tx, services, plan, "Not changed");
      const asked = askedWindow(window, target.change);
      const now = services.asAt.now();
      if (isTooFarAhead(services, window, asked)) {
        services.refuse();
        return { ok: false, reason: tooFarAhead(services), nearest: null, otherUnit: null };
      }
      const moved = movedWindow({ plan, window, asked }, { zone, now, study: command.indexOf });
      const seen = new Set<string>();
      const closed = await closedOf(tx, services, stored, seen);
      await countFootprintView(tx, actor, { day: services.asAt.date(), seen });
      const standing = await standingBeside(tx, zone, stored, window);
      const staffing = await askStaffing(tx, zone, plan);
      const reason = moved.ok
        ? await conflictOf(tx, services, { plan, moved: moved.value, standing, staffing })
        : moved.reason;
      if (!moved.ok || reason !== null) {
        services.refuse();
        return refusedChange({ zone, now, plan, closed, standing, staffing }, asked, reason ?? "");
      }
      const judge = { ...services, study: command };
      await write(tx, await judgedWindow(tx, judge, { plan, window: moved.value, closed }));
      return changedReply(tx, { target, window }, { zone, nameOf });
    },
    { retries: 5 },
  );
}

async function changedReply(
  tx: Transaction,
  { target, window }: { readonly target: { readonly planId: string }; readonly window: WindowRow },
  describer: Describer,
): Promise<WindowChangeReply> {
  const left = await storedPlan(tx, target.planId);
  const changed = left.windows.find((one) => one.id === window.id) ?? window;
  return {
    ok: true,
    plan: await describeStored(tx, left, describer),
    window: describeWindow(changed, left.plan.expectedTotal, describer),
  };
}

/** Why nothing beyond is answered, in words that tell nothing else. */
function tooFarAhead(services: ChangeServices): string {
  return `Windows can be changed up to the end of ${lastShownDay(services)}, because keep-clear times are shown to police up to that day.`;
}

/**
 * Each refusal says something of protected time, which police are shown so far only: beyond it one
 * answer for everything, before anything is looked up.
 */
function isTooFarAhead(
  { zone, asAt }: ChangeServices,
  before: WindowRow,
  after: AskedWindow,
): boolean {
  const last = shownUntil(zone, asAt.date());
  return before.end > last || after.end > last;
}

function changeable({ windows }: StoredPlan, label: string, now: number): WindowRow {
  const window = windows.find((one) => one.label === label);
  if (!window) throw new Problem(404, "No such window", `This plan has no window ${label}.`);
  const isOpen = window.status === "suggested" || window.status === "agreed";
  if (isOpen && window.start > now) return window;
  throw new Problem(409, "Not changed", "This window has begun, is over or was withdrawn.");
}

/** What takes units and visits, but for the window itself. */
async function standingBeside(
  tx: Transaction,
  zone: Zone,
  stored: StoredPlan,
  window: WindowRow,
): Promise<PatrolWindow[]> {
  const own = stored.windows.filter(
    (one) => one.id !== window.id && ["suggested", "agreed", "called_off"].includes(one.status),
  );
  return standingParts([...own, ...(await otherWindows(tx, zone, stored.plan))]);
}

/** Protected time first, in the one sentence that it is ever told in; then units and dose. */
async function conflictOf(
  tx: Transaction,
  { zone, asAt }: ChangeServices,
  given: {
    readonly plan: PlanRow;
    readonly moved: WindowRow;
    readonly standing: readonly PatrolWindow[];
    readonly staffing: AskStaffing;
  },
): Promise<string | null> {
  const { plan, moved, standing, staffing } = given;
  const period = { zone, now: asAt.now(), ...periodOf(zone, plan) };
  const taken = await takenWindows(tx, period, [moved]);
  if (taken.size > 0) return notAvailableWords;
  return staffing(moved) ?? standingConflict(moved, standing, zone, patrolDefaults);
}

/** Protected time over the whole plan. */
function closedOf(
  tx: Transaction,
  { zone, asAt }: ChangeServices,
  { plan }: StoredPlan,
  seen: Set<string>,
): Promise<ClosedTime> {
  const lastEnd = Math.max(...shiftsOf(zone, plan).map((shift) => shift.end));
  const reachEnd = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  const until = Math.min(reachEnd, shownUntil(zone, asAt.date()));
  return closedTime(tx, { zone, now: asAt.now(), ...periodOf(zone, plan), until, seen });
}

async function write(tx: Transaction, window: WindowRow): Promise<void> {
  if (window.status === "agreed") {
    const { id, start, end, stops } = window;
    const cells = routeCells(stops.map((stop) => stop.cell));
    await tx.through("keeper", async (keeper) => {
      await deletePatrolOccupancy(keeper, [id]);
      await insertPatrolOccupancy(keeper, [{ windowId: id, start, end, cells }]);
    });
    await revisePlan(tx, window.planId);
  }
  await updateWindow(tx, window);
}
