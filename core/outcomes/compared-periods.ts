import { endOfMonth } from "#core/outcomes/recorded.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";

/** With what a period is compared. */
export interface ComparedPeriods {
  readonly before: Period;
  readonly yearAgo: Period;
}

/**
 * Of whole months as many whole months right before, and the same months a year ago: these are the periods that
 * totals are typed for, and they may be of more or fewer days. Of any other days as many right before, and the same
 * dates a year ago.
 */
export function comparedPeriods(period: Period): ComparedPeriods {
  const { from, to } = period;
  if (isWholeMonths(period)) {
    const months = monthNumber(to) - monthNumber(from) + 1;
    return { before: monthsEarlier(period, months), yearAgo: monthsEarlier(period, 12) };
  }
  return {
    before: { from: addDays(from, -lengthInDays(period)), to: addDays(from, -1) },
    yearAgo: { from: yearBefore(from), to: yearBefore(to) },
  };
}

export function lengthInDays({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000) + 1;
}

function isWholeMonths({ from, to }: Period): boolean {
  return from.endsWith("-01") && to === endOfMonth(to);
}

function monthsEarlier({ from, to }: Period, months: number): Period {
  return {
    from: firstOfMonth(monthNumber(from) - months),
    to: endOfMonth(firstOfMonth(monthNumber(to) - months)),
  };
}

/** Months since the year 0. */
function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

function firstOfMonth(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-01`;
}

/** 29 February has 28 February a year before. */
function yearBefore(date: string): string {
  const day = date.endsWith("-02-29") ? "-02-28" : date.slice(4);
  return `${Number(date.slice(0, 4)) - 1}${day}`;
}
