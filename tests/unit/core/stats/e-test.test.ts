import { describe, expect, test } from "vitest";
import { twoSidedP } from "#core/stats/normal.ts";
import { eTest } from "#core/stats/two-counts.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

/** The double sum of the paper as it stands. */
function bySlowSum(first: number, second: number, n1: number, n2: number): number {
  const rate = (first + second) / (n1 + n2);
  const score = (a: number, b: number) =>
    a + b === 0 ? 0 : Math.abs(a / n1 - b / n2) / Math.sqrt(a / n1 ** 2 + b / n2 ** 2);
  const observed = score(first, second);
  const poisson = (mean: number) => {
    const chances = [Math.exp(-mean)];
    for (let count = 1; count < 120; count += 1) {
      chances.push(((chances[count - 1] as number) * mean) / count);
    }
    return chances;
  };
  let p = 0;
  const seconds = poisson(n2 * rate);
  poisson(n1 * rate).forEach((one, a) => {
    seconds.forEach((two, b) => {
      if (score(a, b) >= observed - 1e-12) p += one * two;
    });
  });
  return p;
}

describe("the E-test of two counts", () => {
  test.each([
    [6, 2, 1, 1],
    [0, 3, 1, 1],
    [1, 0, 1, 1],
    [7, 7, 1, 1],
    [20, 10, 1, 1],
    [3, 9, 28, 56],
    [9, 3, 56, 28],
    [4, 2, 2, 1],
    [0, 12, 1, 5],
  ])("of %i and %i over lengths %i and %i is the double sum", (first, second, n1, n2) => {
    expect(eTest(first, second, [n1, n2])).toBeCloseTo(bySlowSum(first, second, n1, n2), 12);
  });

  test("is undefined for two zeros and certain for equal rates", () => {
    expect(eTest(0, 0)).toBeNull();
    expect(eTest(7, 7)).toBeCloseTo(1, 12);
    expect(eTest(2, 1, [2, 1])).toBeCloseTo(1, 12);
  });

  test("stays quick and near the normal test for thousands of events", () => {
    // z of the difference: (5200 - 5000) / sqrt(10200) = 1.980.
    expect(eTest(5200, 5000)).toBeCloseTo(0.0477, 3);
  });

  test("keeps what grows with the root of the counts: billions of events are the normal test", () => {
    const z = 1e5 / Math.sqrt(2e9 + 1e5);
    expect(eTest(1e9, 1e9 + 1e5)).toBeCloseTo(twoSidedP(z), 5);
    const most = 1e10;
    expect(eTest(most, most + 2e5)).toBeCloseTo(twoSidedP(2e5 / Math.sqrt(2e10 + 2e5)), 5);
  });

  test("takes any lengths, and only their ratio counts", () => {
    expect((eTest(3, 5, [1e-9, 1]) ?? 0) / bySlowSum(3, 5, 1e-9, 1)).toBeCloseTo(1, 9);
    expect(eTest(0, 5, [1e-9, 1])).toBeCloseTo(bySlowSum(0, 5, 1e-9, 1), 12);
    expect(eTest(2, 6, [1e-50, 1])).toBeCloseTo(bySlowSum(2, 6, 1e-50, 1), 12);
    const usual = eTest(11, 4, [3, 2]);
    for (const unit of [1e-300, 1e-9, 1e9, 4e307]) {
      expect(eTest(11, 4, [3 * unit, 2 * unit])).toBeCloseTo(usual ?? -1, 12);
    }
  });
});

describeOracle("the E-test against ptools", () => {
  test("five pairs", () => {
    const { e_test: pairs } = readOracle<{ e_test: { k1: number; k2: number; p: number }[] }>(
      "wdd.json",
    );
    expect(pairs.length).toBe(5);
    for (const { k1, k2, p } of pairs) {
      expect(Math.abs((eTest(k1, k2) ?? Number.NaN) - p)).toBeLessThan(1e-9);
    }
  });
});
