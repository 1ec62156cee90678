import { quietDays } from "#core/displacement/windows.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";

/** With what a period is compared. */
interface ComparedPeriods {
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

/** Events of one kind on one London day. */
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
 * Whether every day of a period is known, or at which of its ends records are missing: what is not recorded is not
 * none. A week without a record at either end is still known (DEFINITIONS, Known days).
 */
export function coverageOf(
  recorded: Recorded | undefined,
  { from, to }: Period,
): "whole" | "not_yet" | "no_more" {
  if (recorded === undefined || from < addDays(recorded.first, -quietDays)) return "not_yet";
  return to > addDays(recorded.last, quietDays) ? "no_more" : "whole";
}

/**
 * The days from which months are counted: from the first record on, or the whole month where it lies in the first
 * week of one; to the as-at date where the last record is no more than a week before it, else to the last record,
 * or the end of its month where that is no more than a week after it.
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

/** The last day of the month that a London date lies in. */
export function endOfMonth(date: string): string {
  return addDays(`${addDays(`${date.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);
}
