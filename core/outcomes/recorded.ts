import { quietDays } from "#core/displacement/windows.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";

/** Events of one kind on one London day. */
export interface DayCount {
  readonly kind: "arrest" | "stop_search" | "reported";
  readonly day: string;
  readonly count: number;
}

/** The first and the last London date with a record of one kind. */
export interface Recorded {
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
