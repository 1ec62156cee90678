import { compareText } from "#core/text/text-order.ts";
import { addDays, daysBetween } from "#core/time/zone.ts";

/** Inclusive London dates. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

export interface DatePreset extends DateRange {
  readonly key: string;
  readonly label: string;
}

/** End at the as-at date, or at the last record where records stop earlier. */
export function datePresets(asAt: string, records: DateRange): readonly DatePreset[] {
  const weeks = (count: number): DateRange => ({ from: addDays(asAt, 1 - 7 * count), to: asAt });
  return [
    { key: "4w", label: "Last 4 weeks", ...weeks(4) },
    { key: "8w", label: "Last 8 weeks", ...weeks(8) },
    { key: "26w", label: "Last 26 weeks", ...weeks(26) },
    { key: "year", label: "Last 52 weeks", ...weeks(52) },
    { key: "all", label: "All records", from: records.from, to: records.to },
  ];
}

export const usualWeeks = 8;

/** "8 weeks", "10 days" */
export function describeLength(days: number): string {
  if (days % 7 === 0) return days === 7 ? "7 days" : `${days / 7} weeks`;
  return days === 1 ? "day" : `${days} days`;
}

/** Moves a range by whole days without leaving `within`; its length stays. */
export function shiftRange(range: DateRange, days: number, within: DateRange): DateRange {
  const least = daysBetween(range.from, within.from);
  const most = daysBetween(range.to, within.to);
  const shift = Math.max(Math.min(0, least), Math.min(Math.max(0, most), days));
  return { from: addDays(range.from, shift), to: addDays(range.to, shift) };
}

/** ISO dates sort as text. */
export function earlier(a: string, b: string): string {
  return compareText(a, b) < 0 ? a : b;
}

export function later(a: string, b: string): string {
  return compareText(a, b) > 0 ? a : b;
}
