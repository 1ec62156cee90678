import { quietDays } from "#core/displacement/windows.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { addDays, daysIn } from "#core/time/zone.ts";

interface ComparedPeriods {
  readonly before: Period;
  readonly yearAgo: Period;
}

/**
 * Whole months compare with as many whole months before and the same months a year ago: totals are
 * typed for these periods, and day counts may differ. Other days compare with as many before, and
 * the same dates a year ago.
 */
export function comparedPeriods(period: Period): ComparedPeriods {
  const { from, to } = period;
  if (period.from.endsWith("-01") && period.to === endOfMonth(period.to)) {
    const months = monthNumber(to) - monthNumber(from) + 1;
    return { before: monthsEarlier(period, months), yearAgo: monthsEarlier(period, 12) };
  }
  return {
    before: { from: addDays(from, -daysIn(period)), to: addDays(from, -1) },
    yearAgo: { from: yearBefore(from), to: yearBefore(to) },
  };
}

function monthsEarlier({ from, to }: Period, months: number): Period {
  return {
    from: firstOfMonth(monthNumber(from) - months),
    to: endOfMonth(firstOfMonth(monthNumber(to) - months)),
  };
}

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

export interface DayCount {
  readonly kind: "arrest" | "stop_search" | "reported";
  readonly day: string;
  readonly count: number;
}

/** The first and the last London date with a record of one kind. */
interface Recorded {
  readonly first: string;
  readonly last: string;
}

/** By kind; a kind without any record is missing. */
export function recordedDays(days: readonly DayCount[]): ReadonlyMap<DayCount["kind"], Recorded> {
  const found = new Map<DayCount["kind"], Recorded>();
  for (const { kind, day } of days) {
    const { first, last } = found.get(kind) ?? { first: day, last: day };
    found.set(kind, { first: day < first ? day : first, last: day > last ? day : last });
  }
  return found;
}

/**
 * Whether every day of a period is known, or at which end records are missing: unrecorded is not
 * zero. A week without a record at either end is still known (DEFINITIONS, Known days).
 */
export function coverageOf(
  recorded: Recorded | undefined,
  { from, to }: Period,
): "whole" | "not_yet" | "no_more" {
  if (recorded === undefined || from < addDays(recorded.first, -quietDays)) return "not_yet";
  return to > addDays(recorded.last, quietDays) ? "no_more" : "whole";
}

/**
 * Days from which months are counted. Start: the first record, or its whole month if it lies in the
 * month's first week. End: the as-at date if the last record is at most a week before it, else the
 * last record, or its month's end if that is at most a week later.
 */
export function knownStretch({ first, last }: Recorded, asAt: string): Period {
  const opening = `${first.slice(0, 7)}-01`;
  const end = endOfMonth(last);
  const reach = addDays(last, quietDays);
  const closing = reach >= end ? end : last;
  return {
    from: addDays(first, -quietDays) < opening ? opening : first,
    to: reach >= asAt ? asAt : closing,
  };
}

export function endOfMonth(date: string): string {
  return addDays(`${addDays(`${date.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);
}

/** Two years: each month has its counterpart of the year before. */
const mostMonths = 24;

/** The whole months that hold two dates and all between; of more than two years the last. */
export function wholeMonths(first: string, last: string): Period[] {
  const months: Period[] = [];
  for (let from = `${first.slice(0, 7)}-01`; from <= last; from = addDays(endOfMonth(from), 1)) {
    months.push({ from, to: endOfMonth(from) });
  }
  return months.slice(-mostMonths);
}
