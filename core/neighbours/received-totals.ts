import { tenFiveRule } from "#core/disclosure/rule.ts";
import { type Quarter, quarterName, wholeQuarters } from "#core/neighbours/quarter.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { PrePost } from "#core/stats/wdd.ts";

/** Reports of one quarter; null for fewer than 10; or given for cells since changed. */
export type QuarterTotal = number | null | "older zone";

interface Period {
  /** London dates, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * Before and after totals for the outer side of an edge, as sums of whole quarters of the
 * neighbour's. A quarter is never split by days: how its reports are spread is unknown.
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
      `They are totals for whole quarters, but ${from} to ${to} is not whole quarters.`,
    );
  }
  let sum = 0;
  for (const quarter of quarters) {
    const reports = totals.get(quarter);
    if (reports === undefined) return failure(`Nothing was sent for ${quarterName(quarter)}.`);
    if (reports === "older zone") {
      return failure(`${quarterName(quarter)} was sent for an out-of-date zone. Ask for it again.`);
    }
    if (reports === null) {
      return failure(`${quarterName(quarter)} has ${fewerThanTen}, which cannot be added up.`);
    }
    sum += reports;
  }
  return success(sum);
}

export const fewerThanTen = `fewer than ${tenFiveRule.threshold}`;

const mostReports = 1_000_000;

/** A neighbour's total: 10 or more, null for "fewer than 10", or what to fix. */
export function readGivenCount(written: string): Result<number | null> {
  const text = written.trim();
  if (text.toLowerCase() === fewerThanTen) return success(null);
  if (!/^(?:0|[1-9]\d*)$/.test(text)) return failure(whyNoCount(text));
  const count = Number(text);
  if (count < tenFiveRule.threshold) {
    return failure(
      `Counts under ${tenFiveRule.threshold} are not accepted. Enter “${fewerThanTen}”.`,
    );
  }
  if (count > mostReports) {
    return failure("More than a million reports in a quarter. Check the number.");
  }
  return success(count);
}

function whyNoCount(text: string): string {
  if (text === "") {
    return `Empty. Enter the number of reports or “${fewerThanTen}”, or remove this quarter.`;
  }
  if (/^[-−]\s*\d/.test(text)) {
    return `A count cannot be negative. Enter the number of reports or “${fewerThanTen}”.`;
  }
  if (/^[=+@-]/.test(text)) return "This is a formula. Enter the number itself.";
  if (/^\d+[.,]\d{3}(?:[.,]\d{3})*$/.test(text)) {
    return "Enter digits only, without points or commas.";
  }
  if (/^\d*[.,]\d+$/.test(text)) return "Enter a whole number.";
  if (/^\d+(?:\.\d+)?e[+-]?\d+$/i.test(text))
    return "Enter the number in full, without an exponent.";
  if (/^0\d+$/.test(text)) return "Enter the number without a leading zero.";
  return `Not a number. Enter the number of reports or “${fewerThanTen}”.`;
}
