import { compareText } from "#core/text/text-order.ts";
import { daysIn } from "#core/time/zone.ts";

/** Inclusive local dates. */
interface Dates {
  readonly from: string;
  readonly to: string;
}

/** Less than a week of records is no baseline. */
const fewestDays = 7;

/**
 * Baseline dates cut to those with records: dates without would read as a rise everywhere. Null
 * where less than a week is left, or less than the period if that is shorter.
 */
export function cutToRecords(asked: Dates, records: Dates, periodDays: number): Dates | null {
  const from = compareText(asked.from, records.from) > 0 ? asked.from : records.from;
  const to = compareText(asked.to, records.to) < 0 ? asked.to : records.to;
  return daysIn({ from, to }) < Math.min(fewestDays, periodDays) ? null : { from, to };
}
