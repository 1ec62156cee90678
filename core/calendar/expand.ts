import { RRuleTemporal } from "rrule-temporal";
import { formatLocal } from "#core/time/zone.ts";

/** A repeat rule over wall-clock time: local milliseconds in, local milliseconds out, ascending. */
export interface WallRule {
  /** Visits in [from, to]. */
  readonly between: (from: number, to: number) => number[];
  readonly goesOnAfter: (local: number) => boolean;
}

/** Steps in which nothing is found: enough for a leap day that falls on a Monday, and no more. */
const mostSteps = 5_000;

/**
 * The library counts in UTC, where every day has 24 hours: clocks that change are left to
 * core/time, which knows both readings of a doubled hour. Throws where a rule gives nothing.
 */
export function wallRule(text: string, start: number): WallRule {
  const digits = formatLocal(start).replace(/[-:]/g, "");
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${digits}00\nRRULE:${text}`,
    maxIterations: mostSteps,
  });
  return {
    between: (from, to) =>
      rule
        .between(new Date(Math.max(from, start)), new Date(to), true)
        .map((visit) => visit.epochMilliseconds)
        .sort((a, b) => a - b),
    goesOnAfter: (local) => rule.next(new Date(local)) !== null,
  };
}
