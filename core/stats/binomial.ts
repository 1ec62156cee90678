import { deviance, stirlingError } from "#core/stats/deviance.ts";

/**
 * P(X >= k) for X ~ Binomial(trials, share), to a relative error of about 1e-13. The first
 * probability follows Loader 2000, "Fast and accurate computation of binomial probabilities", which
 * subtracts no large numbers; from it the shorter tail is summed by the ratio of terms.
 */
export function binomialTail(trials: number, share: number, atLeast: number): number {
  if (atLeast <= 0) return 1;
  if (atLeast > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  const odds = share / (1 - share);
  if (atLeast > trials * share)
    return upwards(trials, odds, atLeast) * binomialChance(trials, share, atLeast);
  const below = atLeast - 1;
  return 1 - downwards(trials, odds, below) * binomialChance(trials, share, below);
}

/** Sum from `k` up, relative to the chance of `k`: its terms decrease. */
function upwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value < trials && term > sum * negligible; value += 1) {
    term *= ((trials - value) * odds) / (value + 1);
    sum += term;
  }
  return sum;
}

/** Sum from `k` down over the chance of `k`. */
function downwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value > 0 && term > sum * negligible; value -= 1) {
    term *= value / ((trials - value + 1) * odds);
    sum += term;
  }
  return sum;
}

const negligible = 1e-18;

/** P(X = k) for the same X. */
export function binomialChance(trials: number, share: number, k: number): number {
  if (k === 0) return Math.exp(trials * Math.log1p(-share));
  if (k === trials) return Math.exp(trials * Math.log(share));
  const rest = trials - k;
  const over = k - trials * share;
  const exponent =
    stirlingError(trials) -
    stirlingError(k) -
    stirlingError(rest) -
    deviance(k, trials * share, over) -
    deviance(rest, trials * (1 - share), -over);
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * k * rest));
}
