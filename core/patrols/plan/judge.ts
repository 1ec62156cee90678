import { parentCell, zoneResolution } from "#core/geo/cell.ts";
import {
  dutiesOf,
  offDutyWords,
  staffingConflict,
  type UnitDuty,
} from "#core/patrols/duty/staffing.ts";
import type { ClosedTime } from "#core/patrols/ground/closed-time.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/ground/settings.ts";
import { type ShiftOccurrence, shiftOf } from "#core/patrols/ground/shift.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { PatrolWindow, Visit } from "#core/patrols/ground/window.ts";
import { clockText } from "#core/patrols/ground/words.ts";
import { standingConflict, timedWindow, type WindowDraft } from "#core/patrols/plan/change.ts";
import { notAvailableWords } from "#core/patrols/plan/refusal.ts";
import type { LegMaker } from "#core/patrols/walk/street-ways.ts";
import type { PatrolMode, PlanReply } from "#core/patrols/wire/plan.ts";
import { unitsOf } from "#core/patrols/wire/unit.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { Zone } from "#core/time/zone.ts";

/** Decides where a window may stand, in the page while dragging and finally on the server. */

export interface Roster {
  readonly dates: readonly string[];
  readonly duties: readonly Omit<UnitDuty, "date">[];
}

export interface Ground {
  readonly zone: Zone;
  readonly plan: Pick<PlanReply, "units" | "options">;
  readonly shifts: readonly ShiftOccurrence[];
  readonly closed: ClosedTime;
  /** Windows that take units and visits. */
  readonly standing: readonly PatrolWindow[];
  /** Null where not recorded, or not asked for. */
  readonly staffing: Roster | null;
  /** Travel by street between windows; null as the crow flies. */
  readonly ways: StreetTimes | null;
}

export interface JudgedWindow extends PatrolWindow {
  readonly shiftStart: number;
  readonly shiftEnd: number;
}

/** A typed window with timed stops, in a unit and one of its shifts; clashes are `conflictOn`'s. */
export function windowOn(
  ground: Pick<Ground, "zone" | "plan" | "shifts" | "staffing">,
  draft: WindowDraft,
  {
    study,
    legMaker,
    earliest = Number.NEGATIVE_INFINITY,
    outside,
  }: {
    readonly study: Parameters<typeof timedWindow>[1];
    readonly legMaker: LegMaker | null;
    readonly earliest?: number;
    /** Replaces the exact reason about its shift. */
    readonly outside?: string;
  },
): Result<JudgedWindow> {
  const { zone, plan, shifts } = ground;
  const timed = timedWindow(draft, study, planSettings(plan), legMaker);
  if (!timed.ok) return timed;
  if (!draft.patrolPartner && draft.unit > unitsOf(plan))
    return failure(`This plan has ${plan.units} units.`);
  if (draft.start < earliest) return failure("That time is over.");
  const shift = shiftOf(shiftsFor(ground, draft), draft);
  if (shift) return success({ ...timed.value, shiftStart: shift.start, shiftEnd: shift.end });
  if (draft.patrolPartner) return failure(offDutyWords(draft.unit));
  return failure(outside ?? shiftFault(zone, shifts, draft));
}

/** Those that a window may lie in: of police, or the hours of its own unit where a patrol partner's. */
export function shiftsFor(
  { shifts, staffing }: Pick<Ground, "shifts" | "staffing">,
  window: Pick<PatrolWindow, "unit" | "patrolPartner">,
): readonly Pick<ShiftOccurrence, "start" | "end">[] {
  if (!window.patrolPartner) return shifts;
  return dutiesOf(window, staffing?.duties ?? []).map(({ from, to }) => ({ start: from, end: to }));
}

/** Why a window may not stand: protected time (in its one sentence), staffing, units, dose. */
export function conflictOn(ground: Ground, window: PatrolWindow): string | null {
  const { start, end } = window;
  const isClear = windowCells(window).every((cell) => ground.closed.isClear(cell, start, end));
  return isClear ? besideConflict(ground, window) : notAvailableWords;
}

/** The same without protected time. */
export function besideConflict(
  { zone, standing, staffing, shifts, ways }: Omit<Ground, "plan" | "closed">,
  window: PatrolWindow,
): string | null {
  return (
    rosterConflict({ shifts, staffing }, window) ??
    standingConflict(window, standing, zone, patrolDefaults, ways)
  );
}

export function rosterConflict(
  { shifts, staffing }: Pick<Ground, "shifts" | "staffing">,
  window: PatrolWindow,
): string | null {
  const shift = shiftOf(shifts, window);
  // Of police on a date without staffing any number can go.
  const isAsked = window.patrolPartner || (shift && staffing?.dates.includes(shift.date));
  return isAsked ? staffingConflict(window, staffing?.duties ?? []) : null;
}

/** How a unit on duty moves then; null if not recorded. */
export function modeOnDuty(
  staffing: Roster | null,
  { unit, start, end }: Pick<PatrolWindow, "unit" | "start" | "end">,
): PatrolMode | null {
  const duty = staffing?.duties.find(
    (one) => one.unit === unit && one.from <= start && end <= one.to,
  );
  return duty?.mode ?? null;
}

export function planSettings({ options }: Pick<PlanReply, "options">): PatrolSettings {
  return options ? { ...patrolDefaults, dwellMinutes: options.dwellMinutes } : patrolDefaults;
}

/** Logged visits count only as visits: they belong to no unit that could be in the way. */
export function visitWindows(visits: readonly Visit[]): PatrolWindow[] {
  return visits.map((visit) => ({
    zone: parentCell(visit.cell, zoneResolution),
    unit: 0,
    start: visit.arrive,
    end: visit.depart,
    stops: [visit],
  }));
}

function shiftFault(
  zone: Zone,
  shifts: readonly ShiftOccurrence[],
  { start, end }: Pick<PatrolWindow, "start" | "end">,
): string {
  const begun = shifts.find((shift) => shift.start <= start && start < shift.end);
  if (!begun) {
    const after = shifts.find((shift) => start < shift.start && shift.start < end);
    if (!after) return "That is outside the shifts of this plan.";
    return `That begins before the shift does, at ${clockText(zone, after.start)}.`;
  }
  const at = clockText(zone, begun.end);
  return shifts.some((shift) => shift.start === begun.end)
    ? `That crosses the change of shift at ${at}: a patrol lies in one shift.`
    : `That runs past the end of the shift at ${at}.`;
}
