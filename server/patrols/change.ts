import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { WindowChange, WindowChangeReply, WindowParams } from "#core/patrols/wire/board.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { blankWindow, refuseUnlessOpen } from "#server/patrols/add.ts";
import { refuseUnlessCalendarsKnown } from "#server/patrols/checks.ts";
import {
  type Desk,
  openDesk,
  placedIn,
  placeWindow,
  refusal,
  refusedBecause,
  refusedTooFar,
  standingOn,
} from "#server/patrols/desk.ts";
import { changePlan, type HeldPlan } from "#server/patrols/history.ts";
import * as sql from "#server/patrols/queries/patrol-windows.ts";
import { revisePlan } from "#server/patrols/queries/plans.ts";
import type { AskedWindow } from "#server/patrols/refused-change.ts";
import { waitingFaults } from "#server/patrols/waiting.ts";
import { Problem } from "#server/problem.ts";

/**
 * Moves, stretches or re-routes one window, or says why not; a refusal changes nothing. Neither the
 * requested time nor the reason is logged: a series of such lines would reveal closed time.
 */
export function changeWindow(
  act: Act,
  target: WindowParams,
  { locked, ...moves }: WindowChange,
): Promise<WindowChangeReply> {
  const { windowId } = target;
  return changePlan(act, target, async (held): Promise<WindowChangeReply> => {
    const { tx, plan, done } = held;
    const found = changeable(held, windowId, act.asAt.now());
    if (locked !== undefined && Object.keys(moves).length === 0) {
      await sql.setLocked(tx, found.id, locked);
      return placedIn(await done("change"), windowId);
    }
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not changed");
    const asked = askedWindow(found, moves);
    const tooFar = refusedTooFar(act, found, asked);
    if (tooFar) return tooFar;
    const desk = await openDesk(act, held);
    const window = { ...found, locked: locked ?? found.locked };
    const placed = await placeWindow(desk, { asked, window, standing: standingOn(desk, found) });
    if (!placed.ok) return refusal(act, placed);
    const waits = await approvedWaits(act, tx, placed.window);
    if (waits) return waits;
    await write(tx, placed.window);
    return placedIn(await done("change"), windowId);
  });
}

function askedWindow(window: sql.WindowRow, change: Omit<WindowChange, "locked">): AskedWindow {
  const start = change.start === undefined ? window.start : Date.parse(change.start);
  return {
    zone: window.zone,
    unit: change.unit ?? window.unit,
    mode: window.mode,
    start,
    end: change.end === undefined ? start + (window.end - window.start) : Date.parse(change.end),
    cells: change.stops ?? window.stops.map(({ cell }) => cell),
    before: window,
  };
}

function changeable({ windows, isOwn }: HeldPlan, label: string, now: number): sql.WindowRow {
  const window = windows.find((one) => one.label === label && isOwn(one));
  if (!window) throw new Problem(404, "No such patrol", `This plan has no patrol ${label}.`);
  const isOpen = window.status === "suggested" || window.status === "agreed";
  if (isOpen && window.start > now) return window;
  throw new Problem(409, "Not changed", "This patrol has begun, is over or was withdrawn.");
}

/** What is approved stays as it is; changed, it is a new patrol. */
async function approvedWaits(act: Act, tx: Transaction, window: sql.WindowRow) {
  const [fault] = window.status === "agreed" ? await waitingFaults(act, tx, [window]) : [];
  return fault && refusal(act, refusedBecause(fault.reason));
}

/** Rewrites the occupancy of an agreed window; printed sheets become void. */
async function write(tx: Transaction, window: sql.WindowRow): Promise<void> {
  if (window.status === "agreed") {
    await tx.through("keeper", (keeper) => sql.deletePatrolOccupancy(keeper, [window.id]));
    await sql.occupy(tx, [window]);
    // Sheets of police hold none of a patrol partner.
    if (window.patrolPartner === null) await revisePlan(tx, window.planId);
  }
  await sql.updateWindow(tx, window);
}

/**
 * The first stops stay, the others become a separate window: at the same time with another unit if
 * one is free, else with the same unit at the nearest time that fits. It is only suggested, even
 * where the first part is agreed.
 */
export function splitWindow(
  act: Act,
  target: WindowParams,
  afterStop: number,
): Promise<WindowChangeReply> {
  return changePlan(act, target, async (held): Promise<WindowChangeReply> => {
    const { tx, plan, done } = held;
    refuseUnlessOpen(held);
    const window = changeable(held, target.windowId, act.asAt.now());
    const count = window.stops.length;
    if (afterStop >= count) {
      const detail = `This patrol has ${count} stops: nothing would be left.`;
      throw new Problem(422, "Not split", detail);
    }
    await refuseUnlessCalendarsKnown(tx, act, plan, "Not split");
    const tooFar = refusedTooFar(act, window);
    if (tooFar) return tooFar;
    const desk = await openDesk(act, held);
    const first = await placeFirst(desk, window, afterStop);
    if (!first.ok) return refusal(act, first);
    const second = await placeSecond(desk, window, first.window, afterStop);
    if (!second.ok) return refusal(act, second);
    const waits = await approvedWaits(act, tx, first.window);
    if (waits) return waits;
    await write(tx, first.window);
    await sql.insertWindows(tx, target.planId, [second.window]);
    return placedIn(await done("split"), second.window.label);
  });
}

const shortestMs = patrolDefaults.shortestMinutes * minuteMs;

/** Midway between the stops, to five minutes. */
function cutOf({ stops }: sql.WindowRow, afterStop: number): number {
  const five = 5 * minuteMs;
  const [from = 0, to = 0] = [stops[afterStop - 1]?.depart, stops[afterStop]?.arrive];
  return Math.ceil((from + to) / 2 / five) * five;
}

function placeFirst(desk: Desk, window: sql.WindowRow, afterStop: number) {
  const end = Math.max(cutOf(window, afterStop), window.start + shortestMs);
  const asked = {
    ...askedWindow(window, {}),
    end: Math.min(end, window.end),
    cells: window.stops.slice(0, afterStop).map(({ cell }) => cell),
  };
  return placeWindow(desk, { asked, window, standing: standingOn(desk, window) });
}

async function placeSecond(
  desk: Desk,
  window: sql.WindowRow,
  first: sql.WindowRow,
  afterStop: number,
) {
  const start = cutOf(window, afterStop);
  const asked: AskedWindow = {
    ...askedWindow(window, {}),
    start,
    end: Math.max(start + shortestMs, window.end),
    cells: window.stops.slice(afterStop).map(({ cell }) => cell),
  };
  const blank = blankWindow(desk, asked, window.patrolPartner);
  const standing = [...standingOn(desk, window), first];
  const attempt = (over: Partial<AskedWindow>) =>
    placeWindow(desk, { asked: { ...asked, ...over }, window: blank, standing });
  const refused = await attempt({});
  if (refused.ok) return refused;
  if (refused.otherUnit !== null) return attempt({ unit: refused.otherUnit });
  if (refused.nearest === null) return { ...refused, reason: `Not split. ${refused.reason}` };
  return attempt({
    start: Date.parse(refused.nearest.start),
    end: Date.parse(refused.nearest.end),
  });
}
