import { monthName } from "#core/time/months.ts";

/** Why the month in the address is not the one that is shown. */
export function refusedMonth(asked: string, months: readonly string[], shown: string): string {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const instead = `${monthName(shown)} is shown instead.`;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(asked)) return `The address names no month. ${instead}`;
  if (asked < first) {
    return `${monthName(asked)} is before the first month here, ${monthName(first)}. ${instead}`;
  }
  return `${monthName(asked)} may not be shown yet: a month is shown once another whole month has passed since it ended. The last such month, ${monthName(last)}, is shown instead.`;
}
