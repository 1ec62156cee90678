import { describe, expect, test } from "vitest";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { poissonInterval } from "#core/stats/interval.ts";
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
