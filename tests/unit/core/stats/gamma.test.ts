import { describe, expect, test } from "vitest";
import { gammaLower, gammaUpper, logGamma } from "#core/stats/gamma.ts";
import { createPearsonTail } from "#core/stats/hot-p.ts";
import { normalCdf } from "#core/stats/normal.ts";

/** Shape, x, upper and lower regularised gamma, from mpmath 1.3 at 40 digits. */
const values = [
  [0.5, 0.1, 0.654720846018577, 0.345279153981423],
  [0.5, 3, 0.01430587843542964, 0.9856941215645704],
  [3, 2, 0.6766764161830635, 0.32332358381693654],
  [3, 10, 0.002769395715511576, 0.9972306042844884],
  [50, 40, 0.929664933340605, 0.0703350666593949],
  [50, 70, 0.005140502458505894, 0.9948594975414941],
  [2000, 2100, 0.013647467683370378, 0.9863525323166296],
  [2000, 1900, 0.9883041796188499, 0.01169582038115011],
  [1e5, 99_500, 0.9432581767872077, 0.05674182321279226],
  [1e5, 100_001, 0.4983179210902928, 0.5016820789097072],
  [1e5, 110_000, 2.655400479376695e-206, 1],
  [1e6, 1_002_500, 0.006240354861088307, 0.9937596451389117],
] as const;

describe("the incomplete gamma function", () => {
  test.each(values)("of shape %s at %s", (shape, x, upper, lower) => {
    expect(Math.abs(gammaUpper(shape, x) / upper - 1)).toBeLessThan(1e-11);
    expect(Math.abs(gammaLower(shape, x) / lower - 1)).toBeLessThan(1e-11);
  });

  test.each([1e8, 1e12, 1e15])("of shape %s is its Cornish-Fisher expansion", (shape) => {
    for (const z of [-3, -1, 0, 0.5, 2]) {
      // Fisher and Cornish 1960, to the fourth term.
      const root = Math.sqrt(shape);
      const x = shape + z * root + (z ** 2 - 1) / 3 + (z ** 3 - 7 * z) / (36 * root);
      // A quarter of the distance between two numbers that a double can tell apart there.
      const blur = (x * 2 ** -54) / root;
      expect(Math.abs(gammaLower(shape, x) - normalCdf(z))).toBeLessThan(1e-9 + blur);
      expect(gammaLower(shape, x) + gammaUpper(shape, x)).toBeCloseTo(1, 14);
    }
  });

  test("is the exponential for shape 1 and certain at or below zero", () => {
    for (const x of [0.01, 0.9, 1.7, 2.1, 30]) {
      expect(gammaUpper(1, x)).toBeCloseTo(Math.exp(-x), 14);
    }
    expect(gammaUpper(4, 0)).toBe(1);
    expect(gammaLower(4, -2)).toBe(0);
  });

  test("has the factorials as its whole values", () => {
    expect(logGamma(1)).toBeCloseTo(0, 14);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 13);
  });
});

describe("the three-moment tail", () => {
  test("is normal, with half a count of continuity, where the values are symmetric", () => {
    const values = Array.from({ length: 100 }, (_, cell) => (cell < 50 ? 0 : 10));
    const tail = createPearsonTail(values);
    const deviation = Math.sqrt((20 * 80 * 25) / 99);
    expect(tail(20, 120)).toBeCloseTo(1 - normalCdf((119.5 - 100) / deviation), 12);
  });

  test("is normal when half of the cells are drawn, however skewed they are", () => {
    // Drawn and left-over cells then sum alike, so that the sum has no skewness.
    const values = Array.from({ length: 100 }, (_, cell) => (cell < 10 ? 20 : 0));
    const second = 0.1 * 18 ** 2 + 0.9 * 2 ** 2;
    const deviation = Math.sqrt((50 * 50 * second) / 99);
    expect(createPearsonTail(values)(50, 140)).toBeCloseTo(
      normalCdf((100 - 139.5) / deviation),
      12,
    );
  });

  test("mirrors itself for values that are skewed to the left", () => {
    const right = Array.from({ length: 200 }, (_, cell) => (cell < 20 ? 9 : 0));
    const left = right.map((value) => 9 - value);
    // The sum of ten of `left` is 90 less that of `right`: its upper tail is the other's lower one.
    const upper = createPearsonTail(left)(10, 72);
    const lower = 1 - createPearsonTail(right)(10, 19);
    expect(upper).toBeCloseTo(lower, 12);
  });

  test("knows what is certain and what is impossible", () => {
    const tail = createPearsonTail([4, 4, 4]);
    expect(tail(2, 0)).toBe(1);
    expect(tail(2, 8)).toBe(1);
    expect(tail(2, 9)).toBe(0);
    expect(createPearsonTail([1, 2, 3])(3, 6)).toBe(1);
  });
});
