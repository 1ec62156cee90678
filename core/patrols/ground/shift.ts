import type { Interval } from "#core/patrols/ground/closed-time.ts";
import { failure, type Result, success } from "#core/result.ts";
import { dayMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** Wall-clock minutes of a day; an end at or before the start lies on the next day. */
export interface Shift {
  readonly startMinute: number;
  readonly endMinute: number;
}

export interface ShiftOccurrence {
  /** The London date on which it starts. */
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

export const defaultShifts: readonly string[] = ["14:00-22:00", "22:00-02:00"];

/** Reads `14:00-22:00`. */
export function parseShift(text: string): Result<Shift> {
  const parts = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text.trim());
  const [hour = 0, minute = 0, endHour = 0, endMinute = 0] = (parts ?? []).slice(1).map(Number);
  const shift = { startMinute: hour * 60 + minute, endMinute: endHour * 60 + endMinute };
  if (!parts || hour > 23 || minute > 59 || endMinute > 59 || shift.endMinute > 1440) {
    return failure(`Write a shift as 14:00-22:00, not "${text}"`);
  }
  if (shift.startMinute === shift.endMinute) {
    return failure(`The shift "${text}" starts and ends at the same time`);
  }
  return success(shift);
}

/**
 * Shifts starting on `days` dates from `from`, by start, on the wall clock: a clock change makes a
 * night shift an hour longer or shorter. In the doubled hour a start is the first reading and an
 * end the second, so that no duty is cut.
 */
export function shiftOccurrences(
  zone: Zone,
  span: { readonly from: string; readonly days: number },
  shifts: readonly Shift[],
): ShiftOccurrence[] {
  const first = parseLocalDate(span.from);
  const found: ShiftOccurrence[] = [];
  for (let day = 0; day < span.days; day += 1) {
    const midnight = first + day * dayMs;
    for (const { startMinute, endMinute } of shifts) {
      const crosses = endMinute <= startMinute ? dayMs : 0;
      const start = zone.toInstant(midnight + startMinute * minuteMs, "earlier");
      const end = zone.toInstant(midnight + crosses + endMinute * minuteMs, "later");
      // A shift wholly in spring's missing hour is dropped.
      if (end > start)
        found.push({ date: new Date(midnight).toISOString().slice(0, 10), start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

export function shiftsOf(
  zone: Zone,
  plan: { readonly from: string; readonly days: number; readonly shifts: readonly string[] },
): ShiftOccurrence[] {
  const shifts = plan.shifts.map(parseShift);
  return shiftOccurrences(
    zone,
    plan,
    shifts.flatMap((shift) => (shift.ok ? [shift.value] : [])),
  );
}

export function shiftOf<Shift extends Pick<ShiftOccurrence, "start" | "end">>(
  shifts: readonly Shift[],
  { start, end }: { readonly start: number; readonly end: number },
): Shift | undefined {
  return shifts.find((shift) => shift.start <= start && end <= shift.end);
}

/** Of hours written as a shift, on each of the dates; none of invalid ones. */
export function stretchesOf(
  zone: Zone,
  hours: string,
  days: { readonly from: string; readonly days: number },
): Interval[] {
  const shift = parseShift(hours);
  const shifts = shift.ok ? shiftOccurrences(zone, days, [shift.value]) : [];
  return shifts.map(({ start, end }) => ({ from: start, to: end }));
}

/** Null for invalid hours. An end at or before the start is on the next day. */
export function hoursSpan(zone: Zone, date: string, hours: string): Interval | null {
  return stretchesOf(zone, hours, { from: date, days: 1 })[0] ?? null;
}
