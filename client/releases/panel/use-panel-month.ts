import { useEffect, useState } from "react";
import { changeParams } from "#client/state/url.ts";
import { monthName } from "#core/time/months.ts";

/**
 * The month of the address. One that may not be shown gives the last that may, the address is put
 * right, and the reason stays until another month is chosen.
 */
export function usePanelMonth(
  months: readonly string[],
  asked: string | undefined,
): { readonly month: string; readonly refusal: string | null } {
  const last = months.at(-1) ?? "";
  const [refusal, setRefusal] = useState<string | null>(null);
  const isKnown = asked !== undefined && months.includes(asked);
  useEffect(() => {
    if (isKnown && asked !== last) setRefusal(null);
    if (asked === undefined || isKnown) return;
    setRefusal(refusedMonth(asked, months, last));
    changeParams("panel", { month: last });
  }, [asked, isKnown, months, last]);
  return { month: isKnown ? asked : last, refusal };
}

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
