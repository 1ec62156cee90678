import { compareText } from "#core/text/text-order.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";

/** Inclusive local dates. */
interface Dates {
  readonly from: string;
  readonly to: string;
}

/** Less than a week of records is no baseline. */
const fewestDays = 7;

/**
 * The dates of a baseline, cut to those of which there are records: dates of which nothing is known would
 * read as a rise everywhere. Null where less than a week is left, or, for a shorter period, less than that.
 */
export function cutToRecords(asked: Dates, records: Dates, periodDays: number): Dates | null {
  const from = compareText(asked.from, records.from) > 0 ? asked.from : records.from;
  const to = compareText(asked.to, records.to) < 0 ? asked.to : records.to;
  return daysOf({ from, to }) < Math.min(fewestDays, periodDays) ? null : { from, to };
}

function daysOf({ from, to }: Dates): number {
  return (parseLocalDate(to) - parseLocalDate(from)) / dayMs + 1;
}
