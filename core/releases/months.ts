import { failure, type Result, success } from "#core/result.ts";
import { type Month, monthName, publicMonths } from "#core/time/months.ts";

/** Five years and one month, so that a month has its counterpart five years ago. */
export const mostReleaseMonths = 61;

/** The first month that the tool's clock covers. */
const firstMonth = "2000-01";

/**
 * Months of a release: whole calendar months, each old enough to be public (core/time/months.ts).
 * By default thirteen, up to the last that may be public.
 */
export function releaseMonths(
  asAtDate: string,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined } = {},
): Result<Month[]> {
  const usual = publicMonths(asAtDate);
  const last = usual.at(-1) ?? "";
  const { from = usual[0] ?? "", to = last } = asked;
  for (const month of [from, to]) {
    const reason = monthFault(month);
    if (reason !== null) return failure(reason);
  }
  if (to > last) {
    return failure(
      `${monthName(to)} cannot be public yet: a month is published one whole month after it ends. As at ${asAtDate} the latest is ${monthName(last)}.`,
    );
  }
  if (from > to) return failure(`${monthName(from)} is after ${monthName(to)}. Swap them.`);
  const all = publicMonths(asAtDate, monthsBetween(from, last));
  const months = all.filter((month) => month <= to);
  if (months.length > mostReleaseMonths) {
    return failure(
      `A release can cover at most ${mostReleaseMonths} months; ${monthName(from)} to ${monthName(to)} is ${months.length}.`,
    );
  }
  return success(months);
}

function monthFault(month: string): string | null {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month)) {
    return `"${month.slice(0, 40)}" is not a whole month. Give year and month, such as 2021-09.`;
  }
  return month < firstMonth ? `${month}: give a month from ${firstMonth} on.` : null;
}

/** Both included. */
function monthsBetween(from: Month, to: Month): number {
  const indexOf = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return indexOf(to) - indexOf(from) + 1;
}
