import { isQuarter, quarterName, quarterOf } from "#core/neighbours/quarter.ts";
import { monthName } from "#core/time/months.ts";

/** Of the days of an alert what crosses the line: their month; else their quarter; else the month in which they ended. */
export function handoverPeriod(firstDay: string, lastDay: string): string {
  const month = lastDay.slice(0, 7);
  const isOneQuarter = quarterOf(firstDay) === quarterOf(lastDay);
  return firstDay.slice(0, 7) !== month && isOneQuarter ? quarterOf(lastDay) : month;
}

/** "October 2021", "July to September 2021" */
export function periodName(period: string): string {
  return isQuarter(period) ? quarterName(period) : monthName(period);
}
