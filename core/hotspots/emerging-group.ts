import type { Emerging, EmergingPattern } from "#core/stats/emerging.ts";

/**
 * What the seventeen categories say in plain words (DEFINITIONS, Hot). The names themselves stand in the
 * story of a place and in exports.
 */
export const emergingGroups = [
  "rising",
  "steady",
  "easing",
  "on_and_off",
  "gone",
  "quiet",
  "no_pattern",
  "too_few",
] as const;
export type EmergingGroup = (typeof emergingGroups)[number];

/** Fewer in a place and those around it, over all steps, are too few to say (as in an assessment). */
export const fewestAround = 10;

const groupOfHot: Readonly<Record<EmergingPattern, EmergingGroup>> = {
  new: "rising",
  consecutive: "rising",
  intensifying: "rising",
  persistent: "steady",
  diminishing: "easing",
  sporadic: "on_and_off",
  oscillating: "on_and_off",
  historical: "gone",
};

/** `around`: events of the cell and its neighbours over all steps. A category from a handful of them is not spoken of. */
export function emergingGroup(
  { pattern, side }: Pick<Emerging, "pattern" | "side">,
  around: number,
): EmergingGroup {
  if (around < fewestAround) return "too_few";
  if (pattern === null) return "no_pattern";
  return side === "cold" ? "quiet" : groupOfHot[pattern];
}
