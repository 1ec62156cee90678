import type { Emerging, EmergingPattern } from "#core/stats/emerging-pattern.ts";

/**
 * The seventeen categories in plain words (DEFINITIONS, Hot). The names themselves appear in a
 * place's story and in exports.
 */
const emergingGroups = [
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

/** With fewer around a place over all steps it cannot tell (as in an assessment). */
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

/** `around`: events of the cell and its neighbours over all steps; a handful gives no category. */
export function emergingGroup(
  { pattern, side }: Pick<Emerging, "pattern" | "side">,
  around: number,
): EmergingGroup {
  if (around < fewestAround) return "too_few";
  if (pattern === null) return "no_pattern";
  return side === "cold" ? "quiet" : groupOfHot[pattern];
}

/** Significance level of a Mann-Kendall trend. */
export const trendLevel = 0.05;

/** Priority: new or growing before lasting, fading or over. */
export const emergingOrder: readonly (EmergingPattern | null)[] = [
  "new",
  "consecutive",
  "intensifying",
  "persistent",
  "sporadic",
  "oscillating",
  "diminishing",
  "historical",
  null,
];

export function describeEmerging(steps: readonly { from: string; to: string }[]): string {
  const [first, last] = [steps[0]?.from, steps.at(-1)?.to];
  return `emerging categories over ${steps.length} steps from ${first} to ${last}, each step by itself; trend by Mann-Kendall on Gi*, two-sided below ${trendLevel}`;
}
