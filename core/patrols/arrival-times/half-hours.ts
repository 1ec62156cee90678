import { parseShift, type Shift } from "#core/patrols/ground/shift.ts";
import { dayMs, hourMs, type Zone } from "#core/time/zone.ts";

export const halfHoursOfDay = 48;

export const halfHourMs = hourMs / 2;

/** The half-hour of the London day in which an instant lies: 0 from 00:00, 47 from 23:30. */
export function halfHourOf(zone: Zone, at: number): number {
  const local = zone.toLocal(at);
  return Math.floor((((local % dayMs) + dayMs) % dayMs) / halfHourMs);
}

/**
 * Half-hours covered by shifts, ascending: when an arrival is permitted. Closed time is
 * deliberately included: a smaller number would reveal protected time (SAFEGUARDS 5).
 */
export function permittedHalfHours(shifts: readonly Shift[]): readonly number[] {
  const found = new Set<number>();
  for (const { startMinute, endMinute } of shifts) {
    const end = endMinute <= startMinute ? endMinute + 24 * 60 : endMinute;
    for (let slot = Math.floor(startMinute / 30); slot * 30 < end; slot += 1) {
      found.add(slot % halfHoursOfDay);
    }
  }
  return [...found].sort((a, b) => a - b);
}

export function halfHoursDuring(
  zone: Zone,
  shifts: readonly { readonly start: number; readonly end: number }[],
): readonly number[] {
  const found = new Set<number>();
  const known = new Set<string>();
  for (const { start, end } of shifts) {
    const key = `${start} ${end}`;
    if (known.has(key)) continue;
    known.add(key);
    for (let at = start; at < end; at += halfHourMs) found.add(halfHourOf(zone, at));
    found.add(halfHourOf(zone, end - 1));
  }
  return [...found].sort((a, b) => a - b);
}

/** For written shifts, `14:00-22:00`; an unreadable one counts as none. */
export function halfHoursOfTexts(shifts: readonly string[]): readonly number[] {
  const read = shifts.map(parseShift);
  return permittedHalfHours(read.flatMap((shift) => (shift.ok ? [shift.value] : [])));
}
