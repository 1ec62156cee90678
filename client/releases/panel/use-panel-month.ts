import { useEffect, useState } from "react";
import { refusedMonth } from "#client/releases/panel/refused-month.ts";
import { changeParams } from "#client/state/url.ts";

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
