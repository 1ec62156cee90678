import { monthNames } from "#core/time/words.ts";
import { addDays, parseLocalDate } from "#core/time/zone.ts";

/** `YYYY-MM` */
export type Month = string;

/** A year plus one month, so that a month has its counterpart a year ago. */
export const panelMonthCount = 13;

/**
 * Fixed calendar months, public once another whole month has passed since they ended (SAFEGUARDS
 * 7). As at 26 November 2021 the last is September. Which months are shown depends on the date
 * alone, never on counts.
 */
export function publicMonths(asAtDate: string, count: number = panelMonthCount): Month[] {
  const asAt = new Date(parseLocalDate(asAtDate));
  const last = asAt.getUTCFullYear() * 12 + asAt.getUTCMonth() - 2;
  return Array.from({ length: count }, (_, index) => monthAt(last - count + 1 + index));
}

/** Exclusive: the next month's first date. */
export function endOfMonths(months: readonly Month[]): string {
  const last = months.at(-1) ?? "";
  const [year = Number.NaN, month = Number.NaN] = last.split("-").map(Number);
  return `${monthAt(year * 12 + month)}-01`;
}

/** "September 2021" */
export function monthName(month: Month): string {
  const [year = "", number = ""] = month.split("-");
  const name = monthNames[Number(number) - 1];
  if (name === undefined) throw new RangeError(`Not a month (YYYY-MM): "${month}"`);
  return `${name} ${year}`;
}

/** Months counted from January of year 0. */
function monthAt(index: number): Month {
  const year = String(Math.floor(index / 12)).padStart(4, "0");
  return `${year}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** The last day of the panel's last public month. */
export function lastPublicDate(asAtDate: string): string {
  return addDays(endOfMonths(publicMonths(asAtDate)), -1);
}
