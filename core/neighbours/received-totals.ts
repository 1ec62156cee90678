import { fewerThanTen } from "#core/neighbours/given-count.ts";
import { type Quarter, quarterName, wholeQuarters } from "#core/neighbours/quarter.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { PrePost } from "#core/stats/wdd.ts";

/** Of one quarter: reports, null for fewer than 10, or that they were given for other cells than the zone has now. */
export type QuarterTotal = number | null | "older zone";

interface Period {
  /** London dates, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * What a neighbour's totals say of the outer side of an edge, before and after: the sums of whole
 * quarters, and nothing else. A quarter is never split over days: nobody knows how its reports lie in it.
 */
export function receivedTotals(input: {
  readonly before: Period;
  readonly after: Period;
  readonly totals: ReadonlyMap<Quarter, QuarterTotal>;
}): Result<PrePost> {
  const before = sumOver(input.before, input.totals);
  if (!before.ok) return before;
  const after = sumOver(input.after, input.totals);
  return after.ok ? success([before.value, after.value]) : after;
}

function sumOver({ from, to }: Period, totals: ReadonlyMap<Quarter, QuarterTotal>): Result<number> {
  const quarters = wholeQuarters(from, to);
  if (quarters === null) {
    return failure(
      `They are totals of whole quarters, and ${from} to ${to} is not made up of whole quarters.`,
    );
  }
  let sum = 0;
  for (const quarter of quarters) {
    const reports = totals.get(quarter);
    if (reports === undefined) return failure(`Nothing was given for ${quarterName(quarter)}.`);
    if (reports === "older zone") {
      return failure(`${quarterName(quarter)} was given for an older zone: ask for it again.`);
    }
    if (reports === null) {
      return failure(`${quarterName(quarter)} has ${fewerThanTen}, which cannot be added up.`);
    }
    sum += reports;
  }
  return success(sum);
}
