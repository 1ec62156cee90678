import type { H3Cell } from "#core/geo/cell.ts";
import { timedWindow } from "#core/patrol/change.ts";
import { patrolDefaults } from "#core/patrol/settings.ts";
import { parseShift, type ShiftOccurrence, shiftOccurrences } from "#core/patrol/shift.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { Zone } from "#core/time/zone.ts";
import type { WindowChange } from "#core/wire/plan.ts";
import type { WindowRow } from "#server/queries/patrol-windows.ts";
import type { PlanRow } from "#server/queries/plans.ts";

/** The window as asked for, inside one of the plan's shifts and still to come. */
export function movedWindow(
  { plan, window, change }: { plan: PlanRow; window: WindowRow; change: WindowChange },
  context: {
    readonly zone: Zone;
    readonly now: number;
    readonly study: { readonly has: (cell: H3Cell) => boolean };
  },
): Result<WindowRow> {
  const start = change.start === undefined ? window.start : Date.parse(change.start);
  // A new start alone moves the window as it is.
  const end =
    change.end === undefined ? window.end + (start - window.start) : Date.parse(change.end);
  const timed = timedWindow(
    {
      zone: window.zone,
      unit: change.unit ?? window.unit,
      start,
      end,
      cells: change.stops ?? window.stops.map((stop) => stop.cell),
    },
    context.study,
    patrolDefaults,
  );
  if (!timed.ok) return timed;
  if (timed.value.unit > plan.units) return failure(`This plan has ${plan.units} units.`);
  if (start < context.now) return failure("That time is over.");
  const shift = shiftsOf(context.zone, plan).find((one) => one.start <= start && end <= one.end);
  if (!shift) return failure("That is outside the shifts of this plan.");
  return success({ ...window, ...timed.value, shiftStart: shift.start, shiftEnd: shift.end });
}

/** The shifts of a stored plan, by start. */
export function shiftsOf(zone: Zone, plan: PlanRow): ShiftOccurrence[] {
  const shifts = plan.shifts.flatMap((text) => {
    const shift = parseShift(text);
    return shift.ok ? [shift.value] : [];
  });
  return shiftOccurrences(zone, { from: plan.startsOn, days: plan.days }, shifts);
}
