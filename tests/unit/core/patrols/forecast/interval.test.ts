import { describe, expect, test } from "vitest";
import {
  countInterval,
  expectedInterval,
  learntInterval,
  learntSpread,
} from "#core/patrols/forecast/interval.ts";

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

describe("an interval that is learnt", () => {
  const met = { mean: 100, came: 100 };

  test("is none before eight periods are over, and says so by null", () => {
    expect(learntSpread(Array(7).fill(met))).toBeNull();
    expect(learntInterval(100, null)).toBeNull();
    expect(learntSpread([...Array(7).fill(met), { mean: 0, came: 0 }])).toBeNull();
    expect(learntSpread(Array(8).fill(met))).toBe(0);
  });

  test("holds the miss that it was learnt from, and by no more than it needs", () => {
    for (const came of [40, 75, 130, 170]) {
      const spread = learntSpread([...Array(6).fill({ mean: 100, came }), met, met]) as number;
      const held = (by: number) => {
        const { low, high } = learntInterval(100, by) as { low: number; high: number };
        return came >= low && came <= high;
      };
      expect(held(spread)).toBe(true);
      expect(held(0.98 * spread)).toBe(false);
    }
  });

  test("is finite whatever came", () => {
    const spread = learntSpread(Array(8).fill({ mean: 1, came: 500 })) as number;
    expect(Object.values(learntInterval(4, spread) ?? {}).every(Number.isFinite)).toBe(true);
  });
});
