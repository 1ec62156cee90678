import { formatDecimal, formatQuantity } from "#client/ui/format.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";

/** What the test compares, in figures: a place can stand out by those around it alone. */
export function describeAround(
  { count, near, expected, hot }: Pick<Hotspot, "count" | "near" | "expected" | "hot">,
  noun: { readonly one: string; readonly many: string },
): string {
  const found = formatQuantity(near, noun.one, noun.many);
  const verdict = hot ? "more than chance says" : "no more than chance may bring";
  const compared = `${found}, where ${formatDecimal(expected)} would be expected: ${verdict}.`;
  return hot && count === 0
    ? `What stands out lies in the places around this one: ${compared}`
    : `Here and in the places around it: ${compared}`;
}
