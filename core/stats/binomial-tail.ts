/**
 * P(X >= k) for X ~ Binomial(trials, share), to about 1e-13 of itself however small. The chance of one
 * value is that of Loader 2000, "Fast and accurate computation of binomial probabilities", in which no
 * large numbers are subtracted; from there the terms of the shorter side are added, each from the last.
 */
export function binomialTail(trials: number, share: number, atLeast: number): number {
  if (atLeast <= 0) return 1;
  if (atLeast > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  const odds = share / (1 - share);
  if (atLeast > trials * share) return upwards(trials, odds, atLeast) * at(trials, share, atLeast);
  const below = atLeast - 1;
  return 1 - downwards(trials, odds, below) * at(trials, share, below);
}

/** The sum from `k` up over the chance of `k`: its terms fall from the first one on. */
function upwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value < trials && term > sum * negligible; value += 1) {
    term *= ((trials - value) * odds) / (value + 1);
    sum += term;
  }
  return sum;
}

/** The sum from `k` down over the chance of `k`. */
function downwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value > 0 && term > sum * negligible; value -= 1) {
    term *= value / ((trials - value + 1) * odds);
    sum += term;
  }
  return sum;
}

const negligible = 1e-18;

/** The chance of exactly `k`. */
function at(trials: number, share: number, k: number): number {
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

/** x log(x / mean) + mean - x, with x - mean given; by its series where the two are close. */
function deviance(x: number, mean: number, over: number): number {
  if (Math.abs(over) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - over;
  const ratio = over / (x + mean);
  let sum = over * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** log(n!) less Stirling's log(sqrt(2 pi n) (n / e)^n). */
function stirlingError(n: number): number {
  return n < stirlingErrors.length ? (stirlingErrors[n] as number) : stirlingSeries(n);
}

/** DLMF 5.11.1. */
function stirlingSeries(n: number): number {
  const square = n * n;
  return (
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) /
    n
  );
}

/** For small n, downwards from where the series is exact. */
const stirlingErrors = (() => {
  const errors = new Float64Array(32);
  errors[31] = stirlingSeries(31);
  for (let n = 30; n > 0; n -= 1) {
    errors[n] = (errors[n + 1] as number) + (n + 0.5) * Math.log1p(1 / n) - 1;
  }
  return errors;
})();
