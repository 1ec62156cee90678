import { endOfMonths, monthName } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

/** `2021-Q3`: three calendar months. Ordered as text. */
export type Quarter = string;

const written = /^(20\d{2})-Q([1-4])$/;

export function isQuarter(text: string): boolean {
  return written.test(text);
}

/** The quarter that a date or month (`2021-08`) lies in. */
export function quarterOf(date: string): Quarter {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

export function firstDayOf(quarter: Quarter): string {
  return `${monthsOf(quarter)[0]}-01`;
}

/** The first date after it. */
export function endOfQuarter(quarter: Quarter): string {
  return endOfMonths(monthsOf(quarter));
}

/** "July to September 2021" */
export function quarterName(quarter: Quarter): string {
  const [first, , last] = monthsOf(quarter);
  return `${monthName(first).slice(0, -5)} to ${monthName(last)}`;
}

/** Its months, `YYYY-MM`. Throws for an invalid quarter. */
function monthsOf(quarter: Quarter): readonly [string, string, string] {
  const [, year, number] = written.exec(quarter) ?? [];
  if (year === undefined) throw new RangeError(`Not a quarter (YYYY-Qn): "${quarter}"`);
  const month = (step: number) =>
    `${year}-${String(3 * (Number(number) - 1) + step).padStart(2, "0")}`;
  return [month(1), month(2), month(3)];
}

/** Both included; none where the last lies before the first. */
export function quartersBetween(first: Quarter, last: Quarter): Quarter[] {
  const quarters: Quarter[] = [];
  for (let at = first; at <= last; at = quarterOf(endOfQuarter(at))) quarters.push(at);
  return quarters;
}

/** Quarters of an inclusive span of days; null where it is not whole quarters. */
export function wholeQuarters(from: string, to: string): Quarter[] | null {
  const quarters = quartersBetween(quarterOf(from), quarterOf(to));
  const isWhole =
    firstDayOf(quarterOf(from)) === from && endOfQuarter(quarterOf(to)) === addDays(to, 1);
  return isWhole && quarters.length > 0 ? quarters : null;
}

/** What crosses the line of an alert's days: month, else quarter, else month of the end. */
export function handoverPeriod(firstDay: string, lastDay: string): string {
  const month = lastDay.slice(0, 7);
  const isOneQuarter = quarterOf(firstDay) === quarterOf(lastDay);
  return firstDay.slice(0, 7) !== month && isOneQuarter ? quarterOf(lastDay) : month;
}

/** "October 2021", "July to September 2021" */
export function periodName(period: string): string {
  return isQuarter(period) ? quarterName(period) : monthName(period);
}
