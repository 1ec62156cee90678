import { assessmentAlpha, type Comparison } from "#core/displacement/compare.ts";
import { holm } from "#core/stats/multiple-testing.ts";

export const verdicts = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * One verdict each for questions asked together, Holm 1979: whatever the truth, a wrong rise or
 * fall comes in at most one set in twenty.
 */
export function verdictsOf(comparisons: readonly Pick<Comparison, "p" | "wdd">[]): Verdict[] {
  const adjusted = holm(comparisons.map(({ p }) => p));
  return comparisons.map(({ wdd }, index) => {
    const p = adjusted[index] ?? null;
    if (p === null || wdd === null) return "cannot_tell";
    if (p > assessmentAlpha) return "no_clear_change";
    return wdd > 0 ? "rise" : "fall";
  });
}
