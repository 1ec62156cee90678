import type { H3Cell } from "#core/geo/cell.ts";
import { timedWindow, type WindowDraft } from "#core/patrols/change.ts";
import { type PatrolSettings, patrolDefaults } from "#core/patrols/settings.ts";
import { parseShift, type ShiftOccurrence, shiftOccurrences } from "#core/patrols/shift.ts";
import type { LegMaker } from "#core/patrols/streets/leg-maker.ts";
import type { WindowChange } from "#core/patrols/wire/plan.ts";
import { mostUnits } from "#core/patrols/wire/staffing.ts";
import { clockText } from "#core/patrols/words.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { Zone } from "#core/time/zone.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

/** A change as asked for, right or wrong. */
export interface AskedWindow extends WindowDraft {
  /** The window as it is: its length is meant where an end was mistyped. */
  readonly before: { readonly start: number; readonly end: number };
}

export function askedWindow(window: WindowRow, change: WindowChange): AskedWindow {
  const start = change.start === undefined ? window.start : Date.parse(change.start);
  return {
    zone: window.zone,
    unit: change.unit ?? window.unit,
    mode: window.mode,
    start,
    // A new start alone moves the window as it is.
    end: change.end === undefined ? start + (window.end - window.start) : Date.parse(change.end),
    cells: change.stops ?? window.stops.map((stop) => stop.cell),
    before: window,
  };
}

/** The window as asked for, inside one of the plan's shifts and still to come. */
export function movedWindow(
  { plan, window, asked }: { plan: PlanRow; window: WindowRow; asked: AskedWindow },
  context: {
    readonly zone: Zone;
    readonly now: number;
    readonly study: { readonly has: (cell: H3Cell) => boolean };
    readonly legMaker: LegMaker | null;
  },
): Result<WindowRow> {
  const timed = timedWindow(asked, context.study, planSettings(plan), context.legMaker);
  if (!timed.ok) return timed;
  const { start, end, unit } = timed.value;
  if (unit > Math.max(plan.units, mostStaffed(plan)))
    return failure(`This plan has ${plan.units} units.`);
  if (start < context.now) return failure("That time is over.");
  const shifts = shiftsOf(context.zone, plan);
  const shift = shifts.find((one) => one.start <= start && end <= one.end);
  if (!shift) return failure(shiftFault(context.zone, shifts, asked));
  const { legs: _before, ...rest } = window;
  return success({ ...rest, ...timed.value, shiftStart: shift.start, shiftEnd: shift.end });
}

/** Where dates are staffed a unit is whoever is on duty, and not one of so many. */
function mostStaffed({ options }: PlanRow): number {
  return options !== null && options.staffedDates.length > 0 ? mostUnits : 0;
}

function shiftFault(
  zone: Zone,
  shifts: readonly ShiftOccurrence[],
  { start, end }: AskedWindow,
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

/** The shifts of a stored plan, by start. */
export function shiftsOf(
  zone: Zone,
  plan: Pick<PlanRow, "startsOn" | "days" | "shifts">,
): ShiftOccurrence[] {
  const shifts = plan.shifts.flatMap((text) => {
    const shift = parseShift(text);
    return shift.ok ? [shift.value] : [];
  });
  return shiftOccurrences(zone, { from: plan.startsOn, days: plan.days }, shifts);
}

/** What a plan's windows are timed by: as it was asked for. */
export function planSettings({ options }: Pick<PlanRow, "options">): PatrolSettings {
  return options === null
    ? patrolDefaults
    : { ...patrolDefaults, dwellMinutes: options.dwellMinutes };
}
