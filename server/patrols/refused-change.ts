import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { shiftOf } from "#core/patrols/ground/shift.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { timedWindow, type WindowDraft } from "#core/patrols/plan/change.ts";
import { conflictOn, type Ground, planSettings, shiftsFor } from "#core/patrols/plan/judge.ts";
import { nearestFit, refusalSentence } from "#core/patrols/plan/refusal.ts";
import { createLegMaker, type StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { WindowChangeReply } from "#core/patrols/wire/board.ts";
import { mostUnits, unitNumber, unitsLike } from "#core/patrols/wire/unit.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

export type Refusal = Extract<WindowChangeReply, { ok: false }>;

export interface AskedWindow extends WindowDraft {
  /** Before the change; gives the length when an end was mistyped. */
  readonly before: { readonly start: number; readonly end: number };
}

interface ServerGround extends Ground {
  readonly plan: Pick<PlanRow, "units" | "options" | "from">;
  readonly ways: StreetWays | null;
  readonly now: number;
}

/**
 * A refusal with alternatives: the nearest time that fits by footprint, shifts, units and visits
 * only, no further ahead than police are shown protected time (SAFEGUARDS 5), and another free
 * unit.
 */
export function refusedChange(ground: ServerGround, asked: AskedWindow, reason: string): Refusal {
  const { zone } = ground;
  const otherUnit = freeUnit(ground, asked);
  const nearest = nearestTo(ground, asked);
  const unitWords = otherUnit === null ? "" : ` Unit ${unitNumber(otherUnit)} is free then.`;
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

function nearestTo(ground: ServerGround, asked: AskedWindow) {
  const { zone, now, plan } = ground;
  const length = fittingLength(ground, asked);
  if (length === null || (!asked.patrolPartner && asked.unit > plan.units)) return null;
  const earliest = Math.max(now, zone.startOfDate(plan.from));
  const shown = shownUntil(zone, zone.dateOf(now));
  const duty = shiftsFor(ground, asked)
    .map(({ start, end }) => ({ from: Math.max(earliest, start), to: Math.min(shown, end) }))
    .filter(({ from, to }) => from < to);
  const isFree = (start: number, end: number) => isOpen(ground, { ...asked, start, end });
  const nearest = nearestFit({ from: asked.start, to: asked.start + length }, duty, isFree);
  // Neither the refused time nor the current one is an alternative.
  const isOffer = [asked, asked.before].every(
    ({ start, end }) => nearest?.from !== start || nearest.to !== end,
  );
  return isOffer ? nearest : null;
}

/** The length asked for, or the next one that its stops and the rules allow; null where they never fit. */
function fittingLength({ plan, ways }: ServerGround, asked: AskedWindow): number | null {
  const settings = planSettings(plan);
  const { shortestMinutes, longestMinutes } = settings;
  // Ignoring all closures.
  const legMaker = createLegMaker(ways, createClosedTime([]));
  const { start, end } = asked.end > asked.start ? asked : asked.before;
  const wanted = Math.max(shortestMinutes, Math.ceil((end - start) / minuteMs));
  for (let minutes = Math.min(longestMinutes, wanted); minutes <= longestMinutes; minutes += 5) {
    const length = minutes * minuteMs;
    const draft = { ...asked, end: asked.start + length };
    if (timedWindow(draft, anywhere, settings, legMaker).ok) return length;
  }
  return null;
}

function freeUnit(ground: ServerGround, asked: AskedWindow): number | null {
  const isIn = asked.patrolPartner || shiftOf(ground.shifts, asked);
  if (!isIn || isOpen(ground, asked)) return null;
  const units = unitsLike(asked.unit, asked.patrolPartner ? mostUnits : ground.plan.units);
  const free = units.find((unit) => unit !== asked.unit && isOpen(ground, { ...asked, unit }));
  return free ?? null;
}

function isOpen(ground: ServerGround, asked: WindowDraft): boolean {
  const legMaker = createLegMaker(ground.ways, ground.closed);
  const timed = timedWindow(asked, anywhere, planSettings(ground.plan), legMaker);
  return timed.ok && conflictOn(ground, timed.value) === null;
}

/** The stops were checked against the command before. */
const anywhere = { has: () => true };

/** All that a coordinator is told of other units, whose, how many and how often they are (SAFEGUARDS 23). */
export const anotherUnitWords = "Another unit is here then.";

/**
 * Police are told what is in the way. A coordinator is by its own patrols to the minute and by those
 * of others to the half hour, as the hatch is, so that no search finds more.
 */
export function saidTo(
  act: Act,
  standing: readonly PatrolWindow[],
  conflictOf: (standing: readonly PatrolWindow[]) => string | null,
): string | null {
  const whose = patrolPartnerOf(act.actor);
  if (whose === null) return conflictOf(standing);
  const isOwn = (one: PatrolWindow) => one.patrolPartner === whose;
  const wide = standing.map((one) => (isOwn(one) ? one : toHalfHours(one)));
  return (
    conflictOf(standing.filter(isOwn)) ?? (conflictOf(wide) === null ? null : anotherUnitWords)
  );
}

function toHalfHours(window: PatrolWindow): PatrolWindow {
  const half = roundingMinutes * minuteMs;
  const stops = window.stops.map(({ cell, arrive, depart }) => ({
    cell,
    arrive: Math.floor(arrive / half) * half,
    depart: Math.ceil(depart / half) * half,
  }));
  return { ...window, stops };
}
