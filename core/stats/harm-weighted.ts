import { type Interval, intervalAround } from "#core/stats/interval.ts";
import { type WddInput, weightedDisplacementDifference } from "#core/stats/wdd.ts";

/** One kind of event with its own difference and the harm of one such event. */
export interface HarmComponent extends Omit<WddInput, "alpha"> {
  readonly harm: number;
}

/**
 * Harm-weighted displacement difference (Wheeler & Ratcliffe 2018): the sum of h WDD over kinds of
 * event with harm h each, with variance the sum of h^2 Var(WDD). Negative is less harm.
 */
export function harmWeightedDifference(
  components: readonly HarmComponent[],
  alpha: number,
): Interval {
  let estimate = 0;
  let variance = 0;
  for (const { harm, ...counts } of components) {
    const { wdd, se } = weightedDisplacementDifference({ ...counts, alpha });
    estimate += harm * wdd;
    variance += (harm * se) ** 2;
  }
  return intervalAround(estimate, Math.sqrt(variance), alpha);
}
