import { describe, expect, test } from "vitest";
import { erfc, normalCdf, normalQuantile, twoSidedP } from "#core/stats/normal.ts";

/** From mpmath 1.3 at 40 digits. */
const quantiles = [
  [0.5, 0],
  [0.6, 0.2533471031357998],
  [0.95, 1.6448536269514726],
  [0.975, 1.959963984540054],
  [0.995, 2.575829303548901],
  [1e-5, -4.264890793922825],
  [1e-10, -6.361340902404056],
  [1e-100, -21.273453560965326],
] as const;

describe("the normal distribution", () => {
  test.each(quantiles)("has the quantile %s at %s", (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(2e-14 * Math.max(1, Math.abs(z)));
  });

  test("keeps its relative precision far out in the tail", () => {
    // From mpmath. The rounding of z / sqrt(2) alone is worth z^2 units of the last digit.
    expect(Math.abs(normalCdf(-10) / 7.619853024160527e-24 - 1)).toBeLessThan(1e-14);
    expect(Math.abs(normalCdf(-30) / 4.906713927148187e-198 - 1)).toBeLessThan(3e-13);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(40)).toBe(1);
  });

  test("is half at zero and symmetric", () => {
    expect(normalCdf(0)).toBe(0.5);
    for (const z of [0.1, 0.4, 0.66, 0.67, 1, 2, 5, 5.66, 8]) {
      expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 15);
      expect(twoSidedP(z)).toBeCloseTo(2 * normalCdf(-z), 15);
      expect(twoSidedP(-z)).toBe(twoSidedP(z));
    }
  });

  test("joins its three approximations without a step", () => {
    for (const border of [0.46875, 4]) {
      const step = erfc(border - 1e-12) - erfc(border + 1e-12);
      const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-border * border);
      expect(Math.abs(step - 2e-12 * slope)).toBeLessThan(4e-16);
    }
  });

  test("has infinite quantiles at 0 and 1 and none outside", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  });
});
