import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { shiftOf } from "#core/patrols/ground/shift.ts";
import { timedWindow, type WindowDraft } from "#core/patrols/plan/change.ts";
import { conflictOn, type Ground, planSettings } from "#core/patrols/plan/judge.ts";
import { nearestFit, refusalSentence } from "#core/patrols/plan/refusal.ts";
import { createLegMaker, type StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { WindowChangeReply } from "#core/patrols/wire/board.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { patrolPartnerOf } from "#server/patrols/patrol-partners.ts";

export type Refusal = Extract<WindowChangeReply, { ok: false }>;

export interface AskedWindow extends WindowDraft {
  /** Before the change; gives the length when an end was mistyped. */
  readonly before: { readonly start: number; readonly end: number };
}

interface ServerGround extends Ground {
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

function nearestTo(ground: ServerGround, asked: AskedWindow) {
  const { zone, now, plan, shifts } = ground;
  const length = fittingLength(ground, asked);
  if (length === null || asked.unit > plan.units) return null;
  const shown = shownUntil(zone, zone.dateOf(now));
  const duty = shifts
    .map(({ start, end }) => ({ from: Math.max(now, start), to: Math.min(shown, end) }))
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
  if (!shiftOf(ground.shifts, asked) || isOpen(ground, asked)) return null;
  const units = Array.from({ length: ground.plan.units }, (_, at) => at + 1);
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

export function saidTo(act: Act, ofOwn: string | null, ofAll: string | null): string | null {
  if (patrolPartnerOf(act.actor) === null) return ofAll;
  return ofOwn ?? (ofAll === null ? null : anotherUnitWords);
}
