import { capitalised, formatDecimal } from "#client/ui/format.ts";
import { hotWords } from "#core/hotspots/hot-words.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

type Tested = Pick<Hotspot, "count" | "expectedOwn" | "near" | "expected" | "hot" | "by">;

/** What the test says of a place and what it compares, first the figures that decided. */
export function describeAround(
  row: Tested,
  noun: { readonly one: string; readonly many: string },
  study: string,
): string {
  const { count, expectedOwn, near, expected, by } = row;
  const found = (number: number) => formatQuantity(number, noun.one, noun.many);
  const spread = `an even spread over ${study} would give`;
  const compared =
    by === "area"
      ? `${found(near)} here and in neighbouring cells; ${spread} ${given(expected)}. Here alone: ${formatCount(count)} and ${given(expectedOwn)}`
      : `${found(count)}; ${spread} ${given(expectedOwn)}. With neighbouring cells: ${formatCount(near)} and ${given(expected)}`;
  return `${capitalised(hotWords(row))}: ${compared}.`;
}

/** "0.4"; so little that it would read 0.0 is "under 0.1". */
function given(expected: number): string {
  return expected > 0 && expected < 0.05 ? "under 0.1" : formatDecimal(expected);
}
