import { type EventColumns, pickRows } from "#core/records/columns.ts";
import { nextMonth } from "#core/records/quality/rows.ts";
import { monthList } from "#core/records/quality/words.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** A local month in which most rows had no place: its stored events say nothing. */
export interface UnknownMonth {
  /** `YYYY-MM` */
  readonly month: string;
  /** Epoch milliseconds, half-open. */
  readonly start: number;
  readonly end: number;
}

export function unknownMonthsOf(zone: Zone, months: readonly string[]): UnknownMonth[] {
  return months.map((month) => ({
    month,
    start: zone.startOfDate(`${month}-01`),
    end: zone.startOfDate(`${nextMonth(month)}-01`),
  }));
}

export function isUnknownAt(at: number, unknown: readonly UnknownMonth[]): boolean {
  return unknown.some(({ start, end }) => at >= start && at < end);
}

/** Events whose midpoint is in no such month. */
export function withoutUnknown(
  columns: EventColumns,
  unknown: readonly UnknownMonth[],
): EventColumns {
  if (unknown.length === 0) return columns;
  return pickRows(columns, (row) => {
    const doubled = (columns.start[row] as number) + (columns.end[row] as number);
    return !isUnknownAt((doubled * minuteMs) / 2, unknown);
  });
}

/** "Apr 2020 is left out: most of its reports had no place." */
export function leftOutSentence(months: readonly string[]): string {
  const [are, its] = months.length === 1 ? ["is", "its"] : ["are", "their"];
  return `${monthList(months)} ${are} left out: most of ${its} reports had no place.`;
}
