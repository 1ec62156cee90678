import { standingConflict, timedWindow } from "#core/patrols/change.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import { nearestFit, refusalSentence } from "#core/patrols/refusal.ts";
import { windowCells } from "#core/patrols/route.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/settings.ts";
import { createLegMaker, type LegMaker } from "#core/patrols/streets/leg-maker.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { WindowChangeReply } from "#core/patrols/wire/plan.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { formatInstant, minuteMs, type Zone } from "#core/time/zone.ts";
import { type AskedWindow, planSettings, shiftsOf } from "#server/patrols/moved-window.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

export type Refusal = Extract<WindowChangeReply, { ok: false }>;

interface Desk {
  readonly zone: Zone;
  readonly now: number;
  readonly plan: PlanRow;
  readonly closed: ClosedTime;
  /** Windows that take units and visits. */
  readonly standing: readonly PatrolWindow[];
  /** Why a unit cannot go by the staffing. */
  readonly staffing: (window: PatrolWindow) => string | null;
  /** Null without streets. */
  readonly ways: StreetWays | null;
}

/**
 * A refusal with the way on: the nearest time that fits by footprint, shifts, units and visits alone,
 * no further ahead than police are shown protected time (SAFEGUARDS 5), and another unit that is free.
 */
export function refusedChange(desk: Desk, asked: AskedWindow, reason: string): Refusal {
  const { zone } = desk;
  const otherUnit = freeUnit(desk, asked);
  const nearest = nearestTo(desk, asked);
  const unitWords = otherUnit === null ? "" : ` Unit ${otherUnit} is free then.`;
  return {
    ok: false,
    reason: refusalSentence(zone, `${reason}${unitWords}`, nearest),
    nearest: nearest && {
      start: formatInstant(zone, nearest.from),
      end: formatInstant(zone, nearest.to),
    },
    otherUnit,
  };
}

function nearestTo(desk: Desk, asked: AskedWindow) {
  const { zone, now, plan } = desk;
  const length = fittingLength(asked, planSettings(plan), createLegMaker(desk.ways, neverClosed));
  if (length === null || asked.unit > plan.units) return null;
  const shown = shownUntil(zone, zone.dateOf(now));
  const duty = shiftsOf(zone, plan)
    .map(({ start, end }) => ({ from: Math.max(now, start), to: Math.min(shown, end) }))
    .filter(({ from, to }) => from < to);
  const isFree = (start: number, end: number) => isOpen({ ...asked, start, end }, desk);
  const nearest = nearestFit({ from: asked.start, to: asked.start + length }, duty, isFree);
  // Neither what was refused nor what it is already is a way on.
  const isOffer = [asked, asked.before].every(
    ({ start, end }) => nearest?.from !== start || nearest.to !== end,
  );
  return isOffer ? nearest : null;
}

/** The length asked for, or the next one that its stops and the rules allow; null where they never fit. */
function fittingLength(
  asked: AskedWindow,
  settings: PatrolSettings,
  legMaker: LegMaker | null,
): number | null {
  const { shortestMinutes, longestMinutes } = settings;
  const { before } = asked;
  const wanted = asked.end > asked.start ? asked.end - asked.start : before.end - before.start;
  const from = Math.min(longestMinutes, Math.max(shortestMinutes, Math.ceil(wanted / minuteMs)));
  for (let minutes = from; minutes <= longestMinutes; minutes += 5) {
    const end = asked.start + minutes * minuteMs;
    if (timedWindow({ ...asked, end }, anywhere, settings, legMaker).ok) return end - asked.start;
  }
  return null;
}

/** The same time in other hands, where only the unit is in the way. */
function freeUnit(desk: Desk, asked: AskedWindow): number | null {
  const { zone, plan } = desk;
  const isIn = (unit: number) => isOpen({ ...asked, unit }, desk);
  const isInShift = shiftsOf(zone, plan).some(
    (shift) => shift.start <= asked.start && asked.end <= shift.end,
  );
  if (!isInShift || isIn(asked.unit)) return null;
  const units = Array.from({ length: plan.units }, (_, at) => at + 1);
  return units.find((unit) => unit !== asked.unit && isIn(unit)) ?? null;
}

function isOpen(asked: AskedWindow, desk: Desk): boolean {
  const { closed, standing, zone, plan, staffing, ways } = desk;
  const timed = timedWindow(asked, anywhere, planSettings(plan), createLegMaker(ways, closed));
  if (!timed.ok) return false;
  const { start, end } = timed.value;
  const route = windowCells(timed.value);
  return (
    route.every((cell) => closed.isClear(cell, start, end)) &&
    standingConflict(timed.value, standing, zone, patrolDefaults, ways) === null &&
    staffing(timed.value) === null
  );
}

/** Whether its stops are in the command was asked before. */
const anywhere = { has: () => true };
/** What a length is judged by, whatever is closed at one time or another. */
const neverClosed = createClosedTime([]);
