import type { Duty } from "#core/patrols/wire/staffing.ts";
import { addDays } from "#core/time/zone.ts";

/**
 * Last week's duties, seven days on, for those of the days that nobody has staffed yet. Tasks and
 * interviews are of their own week.
 */
export function carriedDuties(
  lastWeek: readonly Duty[],
  own: readonly Duty[],
  { from, days }: { readonly from: string; readonly days: number },
): readonly Duty[] {
  const staffed = new Set(own.map(({ date }) => date));
  const end = addDays(from, days);
  return lastWeek
    .map((duty) => ({ ...duty, date: addDays(duty.date, 7) }))
    .filter(({ date }) => from <= date && date < end && !staffed.has(date));
}
