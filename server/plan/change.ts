import { keepClearDays } from "#core/blackouts/settings.ts";
import { shownUntil } from "#core/blackouts/shown-until.ts";
import type { Actor } from "#core/model/role.ts";
import { standingConflict } from "#core/patrol/change.ts";
import type { ClosedTime } from "#core/patrol/closed-time.ts";
import { routeCells } from "#core/patrol/route.ts";
import { patrolDefaults } from "#core/patrol/settings.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { WindowChange, WindowChangeReply } from "#core/wire/plan.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { standingParts } from "#server/plan/agree.ts";
import { refuseUnlessCalendarsKnown } from "#server/plan/calendars-known.ts";
import { takenWindows } from "#server/plan/checks.ts";
import { closedTime } from "#server/plan/closed.ts";
import { judgedWindow } from "#server/plan/judged-window.ts";
import { movedWindow, shiftsOf } from "#server/plan/moved-window.ts";
import { notAvailable, type Refusal } from "#server/plan/not-available.ts";
import { describeWindow } from "#server/plan/replies.ts";
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
  updateWindow,
  type WindowRow,
} from "#server/queries/patrol-windows.ts";
import { revisePlan } from "#server/queries/plans.ts";

type ChangeServices = Pick<Services, "db" | "zone" | "asAt">;
/** Moves, stretches or re-routes one window, or says why not; a refusal changes nothing. */
export async function changeWindow(
  services: ChangeServices,
  actor: Actor,
  target: { readonly planId: string; readonly label: string; readonly change: WindowChange },
): Promise<WindowChangeReply> {
  const { zone } = services;
  const { command, nameOf } = await placesOf(services);
  return services.db.transaction(
    actor,
    async (tx): Promise<WindowChangeReply> => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, target.planId);
      const window = changeable(stored, target.label, services.asAt.now());
      const { plan } = stored;
      await refuseUnlessCalendarsKnown(tx, services, plan, "Not changed");
      const asked = { plan, window, change: target.change };
      const now = services.asAt.now();
      const moved = movedWindow(asked, { zone, now, study: command.indexOf });
      if (!moved.ok) return { ok: false, reason: moved.reason, nearest: null };
      if (isTooFarAhead(services, window, moved.value)) {
        return { ok: false, reason: tooFarAhead, nearest: null };
      }
      const closed = await closedOf(tx, services, stored);
      const refusal = await refusalOf(tx, services, { stored, moved: moved.value, closed });
      if (refusal) return refusal;
      const judge = { ...services, studyCells: command.cells };
      await write(tx, await judgedWindow(tx, judge, { plan, window: moved.value, closed }));
      const left = await storedPlan(tx, target.planId);
      const changed = left.windows.find((one) => one.id === window.id) ?? window;
      const describer = { zone, nameOf };
      return {
        ok: true,
        plan: await describeStored(tx, left, describer),
        window: describeWindow(changed, left.plan.expectedTotal, describer),
      };
    },
    { retries: 5 },
  );
}

const tooFarAhead = `Windows more than ${keepClearDays} days ahead cannot be changed by hand: suggest again nearer the time.`;

/**
 * Each refusal says something of protected time, which police know for 14 days only: beyond them
 * one answer for everything, before anything is looked up.
 */
function isTooFarAhead(
  { zone, asAt }: ChangeServices,
  before: WindowRow,
  after: WindowRow,
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

async function refusalOf(
  tx: Transaction,
  services: ChangeServices,
  given: { readonly stored: StoredPlan; readonly moved: WindowRow; readonly closed: ClosedTime },
): Promise<Refusal | null> {
  const { zone, asAt } = services;
  const { stored, moved, closed } = given;
  const now = asAt.now();
  const period = { zone, now, ...periodOf(zone, stored.plan) };
  const taken = await takenWindows(tx, period, [moved]);
  if (taken.size > 0) return notAvailable(moved, closed, { zone, now });
  const own = stored.windows.filter(
    (one) => one.id !== moved.id && ["suggested", "agreed", "called_off"].includes(one.status),
  );
  const standing = standingParts([...own, ...(await otherWindows(tx, zone, stored.plan))]);
  const conflict = standingConflict(moved, standing, zone, patrolDefaults);
  return conflict ? { ok: false, reason: conflict, nearest: null } : null;
}

/** Protected time over the whole plan. */
function closedOf(
  tx: Transaction,
  { zone, asAt }: ChangeServices,
  { plan }: StoredPlan,
): Promise<ClosedTime> {
  const lastEnd = Math.max(...shiftsOf(zone, plan).map((shift) => shift.end));
  const until = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  return closedTime(tx, { zone, now: asAt.now(), ...periodOf(zone, plan), until });
}

async function write(tx: Transaction, window: WindowRow): Promise<void> {
  if (window.status === "agreed") {
    await deletePatrolOccupancy(tx, [window.id]);
    const { id, start, end, stops } = window;
    const cells = routeCells(stops.map((stop) => stop.cell));
    await insertPatrolOccupancy(tx, [{ windowId: id, start, end, cells }]);
    await revisePlan(tx, window.planId);
  }
  await updateWindow(tx, window);
}
