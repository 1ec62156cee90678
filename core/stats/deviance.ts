// Loader 2000, "Fast and accurate computation of binomial probabilities": probabilities without
// cancellation of large numbers.

/** x log(x / mean) + mean - x, with x - mean given; by its series where the two are close. */
export function deviance(x: number, mean: number, over: number): number {
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
export function stirlingError(n: number): number {
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
const stirlingErrors = /* @__PURE__ */ (() => {
  const errors = new Float64Array(32);
  errors[31] = stirlingSeries(31);
  for (let n = 30; n > 0; n -= 1) {
    errors[n] = (errors[n + 1] as number) + (n + 0.5) * Math.log1p(1 / n) - 1;
  }
  return errors;
})();
