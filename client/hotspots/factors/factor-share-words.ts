import { formatDecimal } from "#client/ui/format.ts";
import type { GroupShare } from "#core/places/layers/near.ts";
import { percent } from "#core/records/quality/words.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

/** "12 of 14, 86%" and "3.4 each"; a group without places says nothing instead of a zero. */
export function describeShare({ places, withAny, factors }: GroupShare): {
  readonly share: string;
  readonly each: string;
} {
  if (places === 0) return { share: "no places", each: "" };
  return {
    share: `${formatCount(withAny)}, ${percent(withAny / places)}`,
    each: `${formatDecimal(factors / places)} each`,
  };
}

/** Shares of fewer hotspots than this swing by tens with a single one. */
const fewHot = 10;

export function factorCaution(hotPlaces: number): string | null {
  if (hotPlaces === 0) return "No hotspots in this choice, so there is nothing to compare.";
  if (hotPlaces < fewHot) {
    return `Only ${formatQuantity(hotPlaces, "hotspot")}: one more or less would change these shares a lot.`;
  }
  return null;
}
