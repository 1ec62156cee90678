import type { H3Cell } from "#core/geo/cell.ts";
import type { ClosedTime } from "#core/patrols/ground/closed-time.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { shiftsOf } from "#core/patrols/ground/shift.ts";
import { isOfSquad, type Squad } from "#core/patrols/ground/squad.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import {
  besideConflict,
  type Ground,
  modeOnDuty,
  type Roster,
  windowOn,
} from "#core/patrols/plan/judge.ts";
import { notAvailableWords } from "#core/patrols/plan/refusal.ts";
import { createLegMaker, type StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { WindowChangeReply } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { partnerOfUnit } from "#core/patrols/wire/unit.ts";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { lastShownDay, periodOf } from "#server/patrols/ask.ts";
import { takenWindows } from "#server/patrols/checks.ts";
import type { HeldPlan } from "#server/patrols/history.ts";
import { judgedWindow } from "#server/patrols/judged-window.ts";
import { closedTime } from "#server/patrols/known.ts";
import { patrolPartnerOf, squadsOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import {
  type AskedWindow,
  type Refusal,
  refusedChange,
  saidTo,
} from "#server/patrols/refused-change.ts";
import { planRoster, planStaffing } from "#server/patrols/roster.ts";
import { standingBeside, standingParts, stillStands } from "#server/patrols/stored.ts";
import { streetWays } from "#server/patrols/street-ways.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import { nothingSeen } from "#server/protected-time/protected-stretches.ts";

export interface Desk extends HeldPlan, Pick<Ground, "zone" | "shifts" | "staffing"> {
  readonly act: Act;
  readonly now: number;
  /** Protected time over the whole plan, as far as police are shown it. */
  readonly closed: ClosedTime;
  readonly ways: StreetWays | null;
  /** Modes of units on duty follow the roster, even for a plan made without it. */
  readonly onDuty: Roster | null;
  readonly squads: readonly Squad[];
  /** Windows of other plans and logged visits: their dose and units count. */
  readonly beside: readonly PatrolWindow[];
}

/** Reading protected time is seen by its partners. */
export async function openDesk(act: Act, held: HeldPlan): Promise<Desk> {
  const { tx, plan } = held;
  const { zone, asAt } = act;
  const now = asAt.now();
  const seen = nothingSeen();
  const shifts = shiftsOf(zone, plan);
  const onDuty = await planStaffing(tx, zone, plan);
  const theirs = onDuty?.duties.filter(({ patrolPartner }) => patrolPartner) ?? [];
  const lastEnd = Math.max(...shifts.map(({ end }) => end), ...theirs.map(({ to }) => to));
  const reachEnd = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  const until = Math.min(reachEnd, shownUntil(zone, asAt.date()));
  const closed = await closedTime(tx, { zone, now, ...periodOf(zone, plan), until, seen });
  await countFootprintView(tx, act.actor, { day: asAt.date(), seen });
  return {
    ...held,
    act,
    zone,
    now,
    shifts,
    closed,
    onDuty,
    staffing: (await planRoster(tx, zone, plan)).staffing,
    squads: await squadsOf(tx, held.places),
    ways: await streetWays(act),
    beside: await standingBeside(tx, zone, plan, []),
  };
}

/** What takes units and visits, but for a window that is to be placed again. */
export function standingOn({ windows, beside }: Desk, but?: WindowRow): PatrolWindow[] {
  return [...standingParts(windows.filter((one) => stillStands(one) && one !== but)), ...beside];
}

export async function placeWindow(
  desk: Desk,
  given: {
    readonly asked: AskedWindow;
    readonly window: WindowRow;
    readonly standing: readonly PatrolWindow[];
  },
): Promise<{ readonly ok: true; readonly window: WindowRow } | Refusal> {
  const { act, tx, plan, zone, now, closed, command } = desk;
  const { window, standing } = given;
  const { patrolPartner } = window;
  const squad = desk.squads.find((one) => one.patrolPartner === patrolPartner);
  const mode = modeOnDuty(desk.onDuty, given.asked) ?? window.mode;
  const asked = { ...given.asked, mode, patrolPartner, kmh: squad?.kmh };
  const period = periodOf(zone, plan);
  if (asked.cells.some((cell) => !isOfSquad(squad, cell as H3Cell))) {
    return refusedBecause("One of its stops is outside the area of this unit.");
  }
  // The hours of a patrol partner may begin on the day before.
  if (patrolPartner && asked.start < period.planFrom)
    return refusedBecause("That is outside the days of this plan.");
  // What a coordinator is offered comes from its own patrols and keep clear alone.
  const isAll = patrolPartnerOf(act.actor) === null;
  const own = isAll ? standing : standing.filter((one) => one.patrolPartner === patrolPartner);
  const ground = { ...desk, standing: own };
  const legMaker = createLegMaker(desk.ways, closed);
  const placed = windowOn(ground, asked, { study: command.indexOf, legMaker, earliest: now });
  if (!placed.ok) return refusedChange(ground, asked, placed.reason);
  const moved = { ...window, legs: null, ...placed.value, patrolPartner, kmh: squad?.kmh ?? null };
  const taken = await takenWindows(tx, { zone, now, ...period }, [moved]);
  const reason =
    taken.size > 0
      ? notAvailableWords
      : saidTo(act, standing, (beside) => besideConflict({ ...ground, standing: beside }, moved));
  if (reason !== null) return refusedChange(ground, asked, reason);
  const judge = (tx: Transaction) =>
    judgedWindow(tx, { ...act, study: command }, { plan, window: moved, closed });
  // A coordinator reads no event, nor does it read what this makes of them.
  return { ok: true, window: isAll ? await judge(tx) : await tx.through("publisher", judge) };
}

export const refusedBecause = (reason: string): Refusal => ({
  ok: false,
  reason,
  nearest: null,
  otherUnit: null,
});

/** None of police. */
export const ownerOf = ({ squads }: Pick<Desk, "squads">, unit: number): Squad | undefined =>
  squads.find(({ number }) => number === partnerOfUnit(unit));

export function refusal(act: Act, answer: Refusal): Refusal {
  act.refuse();
  return answer;
}

/**
 * Each refusal reveals something of protected time, which police are shown only so far: beyond it
 * one answer for everything, before any look-up.
 */
export function refusedTooFar(act: Act, ...windows: readonly { readonly end: number }[]) {
  const last = shownUntil(act.zone, act.asAt.date());
  if (windows.every(({ end }) => end <= last)) return null;
  const reason = `Patrols can be changed up to the end of ${lastShownDay(act)}, because keep-clear times are shown to police up to that day.`;
  return refusal(act, refusedBecause(reason));
}

export function placedIn(plan: PlanReply, label: string): WindowChangeReply {
  const window = plan.windows.find(({ id }) => id === label);
  if (!window) throw new RangeError(`Window ${label} was written and is not there`);
  return { ok: true, plan, window };
}
