import type { Emerging, EmergingPattern } from "#core/stats/emerging-pattern.ts";
import { trendP } from "#core/stats/mann-kendall.ts";

interface EmergingRule {
  /** Significant hot (1) or cold (-1) spot, or neither (0), per step: by z or q. */
  readonly signs: ArrayLike<number>;
  /** Two-sided level for a trend. */
  readonly alpha: number;
}

/**
 * Category of one place over n equal steps, as in the Emerging Hot Spot Analysis of ArcGIS Pro (8
 * hot, 8 cold, none). Steps without a z (null) are not significant and have no trend.
 */
export function emergingCategory(
  z: ArrayLike<number | null>,
  { signs, alpha }: EmergingRule,
): Emerging {
  const { s, p } = trendP(Array.from(z).filter((value) => value !== null));
  const trend = p < alpha ? Math.sign(s) : 0;
  const hot = patternOf(signs, 1, trend);
  if (hot) return { pattern: hot, side: "hot", s, p };
  // Cold is the mirror: a downward trend strengthens it.
  const cold = patternOf(signs, -1, -trend);
  return { pattern: cold, side: cold ? "cold" : null, s, p };
}

function patternOf(signs: ArrayLike<number>, own: 1 | -1, trend: number): EmergingPattern | null {
  const steps = signs.length;
  let count = 0;
  let run = 0;
  let hasOther = false;
  for (let step = 0; step < steps; step += 1) {
    const isOwn = signs[step] === own;
    run = isOwn ? run + 1 : 0;
    if (isOwn) count += 1;
    else if (signs[step] === -own) hasOther = true;
  }
  if (count === 0) return null;
  const isFinal = run > 0;
  const isLasting = count >= lastingShare * steps;
  if (!isFinal) return isLasting ? "historical" : null;
  if (count === 1) return "new";
  if (isLasting) return lasting(trend);
  // An unbroken run at the end and the first of its kind.
  if (run === count) return "consecutive";
  return hasOther ? "oscillating" : "sporadic";
}

function lasting(trend: number): EmergingPattern {
  if (trend > 0) return "intensifying";
  return trend < 0 ? "diminishing" : "persistent";
}

/** A spot in nine of ten steps is of a lasting kind. */
const lastingShare = 0.9;
