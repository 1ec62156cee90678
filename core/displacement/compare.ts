import type { Comparison, Verdict, Widening } from "#core/displacement/wire/displacement.ts";
import { intervalAround } from "#core/stats/interval.ts";
import { holm } from "#core/stats/multiple-testing.ts";
import { normalQuantile, twoSidedP } from "#core/stats/normal.ts";
import { type PrePost, weightedDisplacementDifference } from "#core/stats/wdd.ts";

export const chanceAlone: Widening = { dispersion: null, placebo: null };

export const assessmentAlpha = 0.05;
const level = -normalQuantile(assessmentAlpha / 2);
/** Fewer than this in any of the four counts: cannot tell (DEFINITIONS, Assessment). */
export const leastCount = 10;

/**
 * Weighted displacement difference against a control scaled so that its count before the start
 * equals the treated one. Scaled, because an unscaled control of another size turns any common
 * trend into an effect: a place with 30 reports and a control with 300 that both fall by a tenth
 * differ by 27. Each control count enters the variance with the square of its scale. The scale is itself
 * estimated from the counts before, so these enter with the square of the control's own change, C1/C0 (delta
 * method); with their length in days instead, a trend of the whole command would make the interval too narrow or
 * too wide. The standard error grows by what places do by themselves (`widenedError`).
 */
export function compareWithControl(
  treated: PrePost,
  control: PrePost,
  widening: Widening = chanceAlone,
): Comparison {
  if (treated[0] === 0 || control[0] === 0) return { ...noFigure, treated, control };
  const controlScale = treated[0] / control[0];
  const plain = weightedDisplacementDifference({
    treated,
    control,
    areaWeights: [1, 1 / controlScale, 1, 1],
    timeWeights: beforeWeights(control),
    alpha: assessmentAlpha,
  });
  const wdd = plain.wdd;
  const widened = widenedError(plain.se, controlScale * control[1], widening);
  const { se, z, low, high } = intervalAround(wdd, widened, assessmentAlpha);
  const canTell = z !== null && Math.min(...treated, ...control) >= leastCount;
  return {
    treated,
    control,
    controlScale,
    wdd,
    se,
    z,
    low,
    high,
    p: canTell ? twoSidedP(z) : null,
  };
}

/**
 * Standard error widened by places' own variation. Growth by a factor gains more than shrinking by
 * it loses, so the log-scale spread is taken by how far it reaches upwards at the interval's level.
 */
export function widenedError(
  se: number,
  expected: number,
  { dispersion, placebo }: Widening,
): number {
  const apart = expected * (Math.expm1(level * (placebo?.spread ?? 0)) / level);
  return Math.hypot(se * Math.sqrt(dispersion ?? 1), apart);
}

/**
 * What one count before is worth after: the control's change replaces the ratio of period lengths,
 * which it already contains. The estimate does not depend on the weight, as both sides before
 * cancel.
 */
export function beforeWeights([before, after]: PrePost): PrePost {
  return [after > 0 ? before / after : 1, 1];
}

/** Of a comparison that cannot be made. */
export const noFigure = {
  controlScale: null,
  wdd: null,
  se: null,
  z: null,
  low: null,
  high: null,
  p: null,
} as const;

/**
 * Verdicts for questions tested together (Holm 1979): at most one set in twenty contains a wrong
 * rise or fall.
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
