import { describe, expect, test } from "vitest";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { poissonInterval } from "#core/stats/interval.ts";
import { twoSidedP } from "#core/stats/normal.ts";
import { poissonTest } from "#core/stats/two-counts.ts";

describe("the exact conditional test of two Poisson counts", () => {
  test("gives the published example of R's poisson.test", () => {
    // poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)): p-value = 0.07967.
    expect(poissonTest(11, 21, [800, 3011])).toBeCloseTo(0.07967, 5);
  });

  test("in closed form: all of them in a seventh of the time", () => {
    expect(poissonTest(0, 4, [6, 1])).toBeCloseTo((1 / 7) ** 4, 12);
    expect(poissonTest(0, 4, [1, 1])).toBeCloseTo(2 / 16, 12);
  });

  test("is undefined for two zeros, certain for the likeliest split, the same from either side", () => {
    expect(poissonTest(0, 0, [1, 2])).toBeNull();
    expect(poissonTest(5, 5, [1, 1])).toBeCloseTo(1, 12);
    expect(poissonTest(9, 2, [3, 1])).toBeCloseTo(poissonTest(2, 9, [1, 3]) ?? Number.NaN, 12);
  });

  test("stays a number for thousands of events", () => {
    expect(poissonTest(5200, 5000, [1, 1])).toBeCloseTo(0.0488, 3);
  });

  test("is the sum over all splits no likelier than the one seen", () => {
    const binomial = (n: number, share: number) => {
      const chances = [(1 - share) ** n];
      for (let k = 1; k <= n; k += 1) {
        chances.push(((chances[k - 1] as number) * (n - k + 1) * share) / (k * (1 - share)));
      }
      return chances;
    };
    for (const [first, second, lengths] of [
      [3, 9, [28, 56]],
      [9, 3, [56, 28]],
      [0, 7, [5, 2]],
      [12, 0, [1, 9]],
      [40, 61, [1, 1]],
    ] as const) {
      const chances = binomial(first + second, lengths[1] / (lengths[0] + lengths[1]));
      const seen = (chances[second] as number) * (1 + 1e-7);
      const sum = chances.filter((chance) => chance <= seen).reduce((all, one) => all + one, 0);
      expect(poissonTest(first, second, lengths)).toBeCloseTo(sum, 12);
    }
  });

  test("of billions of events is the normal test, in no time", () => {
    const z = 1e5 / Math.sqrt(2e9 + 1e5);
    expect(poissonTest(1e9, 1e9 + 1e5, [1, 1])).toBeCloseTo(twoSidedP(z), 5);
  });

  test("takes lengths that cannot be added or squared", () => {
    expect(poissonTest(5, 9, [1e308, 1e308])).toBeCloseTo(poissonTest(5, 9, [1, 1]) ?? -1, 12);
    expect(poissonTest(5, 9, [1e-200, 2e-200])).toBeCloseTo(poissonTest(5, 9, [1, 2]) ?? -1, 12);
  });
});

describe("the exact interval of a Poisson mean", () => {
  test.each([
    // Garwood 1936, table of 95%.
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [10, 4.7954, 18.3904],
    [30, 20.2409, 42.8269],
  ])("of %i is %f to %f", (count, low, high) => {
    const found = poissonInterval(count, 0.05);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  test.each([
    // Half of the chi-squared quantiles, by scipy 1.17.
    [1e8, 99_980_401.30732474, 100_019_601.58707914],
    [1e9, 999_938_021.4439279, 1_000_061_981.4504089],
    [1e12, 999_998_040_036.9626, 1_000_001_959_965.9316],
  ])("of %f is %f to %f", (count, low, high) => {
    const found = poissonInterval(count, 0.05);
    expect(Math.abs(found.low / low - 1)).toBeLessThan(1e-12);
    expect(Math.abs(found.high / high - 1)).toBeLessThan(1e-12);
  });

  test("of 0 at a tiny level goes as far as that level asks", () => {
    // e^-mean = alpha / 2.
    expect(poissonInterval(0, 1e-40).high).toBeCloseTo(-Math.log(5e-41), 9);
  });
});

describe("empirical Bayes rates", () => {
  test("in closed form", () => {
    // m = 12/40; squares = 10 (.1^2) + 10 (.3^2) + 20 (.1^2) = 1.2, A = .03 - .3 / (40/3) = .0075.
    const rates = empiricalBayesRates([4, 0, 8], [10, 10, 20]);
    const drawn = (rate: number, hours: number) =>
      0.3 + ((rate - 0.3) * 0.0075) / (0.0075 + 0.3 / hours);
    expect(rates[0]).toBeCloseTo(drawn(0.4, 10), 12);
    expect(rates[1]).toBeCloseTo(drawn(0, 10), 12);
    expect(rates[2]).toBeCloseTo(drawn(0.4, 20), 12);
  });

  test("draw one find in one hour nearer to all than a hundred in a hundred", () => {
    const [few = 0, many = 0] = empiricalBayesRates([1, 100, 5, 2], [1, 100, 100, 80]);
    expect(few).toBeLessThan(many as number);
  });

  test("are one rate where places differ no more than chance brings", () => {
    expect(empiricalBayesRates([1, 1, 2], [10, 10, 20])).toEqual([0.1, 0.1, 0.1]);
  });

  test("are none without exposure", () => {
    expect(empiricalBayesRates([3, 0], [0, 0])).toEqual([null, null]);
    expect(empiricalBayesRates([], [])).toEqual([]);
  });
});
