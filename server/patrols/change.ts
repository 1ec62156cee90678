import { windowCells } from "#core/patrols/route.ts";
import type { WindowChange, WindowChangeReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type DeskServices,
  openDesk,
  placeWindow,
  refusal,
  refusedTooFar,
  standingBeside,
} from "#server/patrols/desk.ts";
import { rememberChange } from "#server/patrols/history.ts";
import { askedWindow } from "#server/patrols/moved-window.ts";
import * as sql from "#server/patrols/queries/patrol-windows.ts";
import { revisePlan } from "#server/patrols/queries/plans.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/standing.ts";
import {
  describeStored,
  heldPlan,
  type StoredDescriber,
  type StoredPlan,
  storedPlan,
} from "#server/patrols/stored.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

/** Moves, stretches or re-routes one window, or says why not; a refusal changes nothing. */
export async function changeWindow(
  services: DeskServices,
  actor: Actor,
  target: { readonly planId: string; readonly label: string; readonly change: WindowChange },
): Promise<WindowChangeReply> {
  // Neither the time asked for nor why it is refused: a row of such lines would tell what is closed.
  services.addDetail({ plan: target.planId, window: target.label });
  const { command, nameOf } = await placesOf(services);
  const describer = { ...services, nameOf };
  return services.db.transaction(
    actor,
    async (tx): Promise<WindowChangeReply> => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, target.planId);
      const found = changeable(stored, target.label, services.asAt.now());
      const { locked, ...moves } = target.change;
      const window = { ...found, locked: locked ?? found.locked };
      if (locked !== undefined && Object.keys(moves).length === 0) {
        await sql.setLocked(tx, window.id, locked);
        return describeDone(tx, await storedPlan(tx, target.planId), target.label, describer);
      }
      await refuseUnlessCalendarsKnown(tx, services, stored.plan, "Not changed");
      const asked = askedWindow(window, target.change);
      const tooFar = refusedTooFar(services, window, asked);
      if (tooFar) return tooFar;
      const desk = await openDesk(tx, { services, actor, command, stored });
      const standing = standingBeside(desk, [window.id]);
      const placed = await placeWindow(desk, { asked, window, standing });
      if (!placed.ok) return refusal(services, placed);
      await write(tx, placed.window);
      const after = await storedPlan(tx, target.planId);
      await rememberChange(tx, services, actor, { act: "change", before: stored, after });
      return describeDone(tx, after, target.label, describer);
    },
    { retries: 5 },
  );
}

/** The plan and the window of it that was placed. */
export async function describeDone(
  tx: Transaction,
  stored: StoredPlan,
  label: string,
  describer: StoredDescriber,
): Promise<WindowChangeReply> {
  const plan = await describeStored(tx, stored, describer);
  const window = plan.windows.find((one) => one.id === label);
  if (!window) throw new RangeError(`Window ${label} was written and is not there`);
  return { ok: true, plan, window };
}

/** A window that has not begun and still stands. */
export function changeable({ windows }: StoredPlan, label: string, now: number): sql.WindowRow {
  const window = windows.find((one) => one.label === label);
  if (!window) throw new Problem(404, "No such patrol", `This plan has no patrol ${label}.`);
  const isOpen = window.status === "suggested" || window.status === "agreed";
  if (isOpen && window.start > now) return window;
  throw new Problem(409, "Not changed", "This patrol has begun, is over or was withdrawn.");
}

/** With what it occupies where it is agreed: a sheet that was printed stands no longer. */
export async function write(tx: Transaction, window: sql.WindowRow): Promise<void> {
  if (window.status === "agreed") {
    const { id, start, end } = window;
    const cells = windowCells(window);
    await tx.through("keeper", async (keeper) => {
      await sql.deletePatrolOccupancy(keeper, [id]);
      await sql.insertPatrolOccupancy(keeper, [{ windowId: id, start, end, cells }]);
    });
    await revisePlan(tx, window.planId);
  }
  await sql.updateWindow(tx, window);
}
