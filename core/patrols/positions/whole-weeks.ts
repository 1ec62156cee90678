import { leastWeekDays, recordedDoseDays } from "#core/patrols/positions/settings.ts";
import { addDays, localHourOfWeek, parseLocalDate } from "#core/time/zone.ts";

interface AskedDays {
  readonly from: string;
  readonly days: number;
  /** The day of today. */
  readonly asAt: string;
}

/**
 * Mondays of the weeks within these days that are over and still kept whole. Sums of other spans would give single days:
 * one span less another, or one week less the same week after its Monday was erased (ADR 29).
 */
export function wholeWeeks({ from, days, asAt }: AskedDays): string[] {
  const weekday = Math.floor(localHourOfWeek(parseLocalDate(from)) / 24);
  const first = addDays(from, (7 - weekday) % 7);
  const end = addDays(from, days);
  const oldest = addDays(asAt, -recordedDoseDays);
  const mondays: string[] = [];
  for (let monday = first; addDays(monday, 7) <= end; monday = addDays(monday, 7)) {
    if (addDays(monday, 7) <= asAt && monday >= oldest) mondays.push(monday);
  }
  return mondays;
}

/** Of these weeks those with enough recorded days: the sum of a week with one would be that day. */
export function weeksToTell(mondays: readonly string[], recorded: readonly string[]): string[] {
  return mondays.filter((monday) => {
    const own = recorded.filter((date) => date >= monday && date < addDays(monday, 7));
    return own.length >= leastWeekDays;
  });
}

/** The seven days of each week. */
export function datesOfWeeks(mondays: readonly string[]): string[] {
  return mondays.flatMap((monday) => Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
}
