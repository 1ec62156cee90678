import { describe, expect, test } from "vitest";
import { countInterval, expectedInterval } from "#core/patrols/forecast/interval.ts";

describe("where an expected number lies", () => {
  test("by the quantiles of a gamma distribution", () => {
    // qgamma(c(.1, .9), shape = 4, scale = .5) in R.
    const { low, high } = expectedInterval({ mean: 2, variance: 1 });
    expect(low).toBeCloseTo(0.872_385, 5);
    expect(high).toBeCloseTo(3.340_392, 5);
  });

  test("is the number itself where nothing is in doubt, and holds it always", () => {
    expect(expectedInterval({ mean: 3, variance: 0 })).toEqual({ low: 3, high: 3 });
    expect(expectedInterval({ mean: 0, variance: 1 })).toEqual({ low: 0, high: 0 });
    for (const mean of [0.01, 1, 40, 900]) {
      const { low, high } = expectedInterval({ mean, variance: 0.04 * mean ** 2 });
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
    }
  });
});

describe("where a count lies", () => {
  test("by the quantiles of a Poisson count where its mean is known", () => {
    // qpois(c(.1, .9), 25)
    expect(countInterval({ mean: 25, variance: 0 })).toEqual({ low: 19, high: 32 });
    expect(countInterval({ mean: 0.05, variance: 0 })).toEqual({ low: 0, high: 0 });
  });

  test("by those of a negative binomial one where it is not", () => {
    // qnbinom(c(.1, .9), size = 4, mu = 20)
    expect(countInterval({ mean: 20, variance: 100 })).toEqual({ low: 8, high: 35 });
  });

  test("does not jump where the sum ends and its root takes over", () => {
    const below = countInterval({ mean: 299.9, variance: 900 });
    const above = countInterval({ mean: 300.1, variance: 900 });
    expect(Math.abs(above.low - below.low)).toBeLessThanOrEqual(3);
    expect(Math.abs(above.high - below.high)).toBeLessThanOrEqual(3);
  });
});
