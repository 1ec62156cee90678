import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { crossedDispersion, dispersion, pooledDispersion } from "#core/stats/dispersion.ts";
import { overdispersed } from "#tests/support/displacement.ts";

describe("the scatter of a series about its mean of seven months", () => {
  test("worked by hand: seven months, means of three, five and seven", () => {
    // 10 20 10 20 10 20 10; months 2 and 6 about 40/3, 3 and 5 about 14, 4 about 100/7.
    const squares =
      2 * ((20 - 40 / 3) ** 2 / (40 / 3)) +
      2 * ((10 - 14) ** 2 / 14) +
      (20 - 100 / 7) ** 2 / (100 / 7);
    const freedom = 2 * (2 / 3) + 2 * (4 / 5) + 6 / 7;
    expect(dispersion([10, 20, 10, 20, 10, 20, 10])).toBeCloseTo(squares / freedom, 12);
  });

  test("is 1 at least, also for a series that does not scatter or goes straight up", () => {
    expect(dispersion(new Array(12).fill(30))).toBe(1);
    expect(dispersion([10, 12, 14, 16, 18, 20, 22, 24, 26])).toBe(1);
  });

  test("of several series is that of all their squares together", () => {
    const [restless, steady] = [[10, 20, 10, 20, 10, 20, 10], new Array(7).fill(15)];
    const own = dispersion(restless) ?? Number.NaN;
    expect(pooledDispersion([restless, restless])).toBeCloseTo(own, 12);
    expect(pooledDispersion([restless, steady])).toBeCloseTo(Math.max(1, own / 2), 12);
    expect(pooledDispersion([restless, [1, 9, 1]])).toBeCloseTo(own, 12);
    expect(pooledDispersion([])).toBeNull();
  });

  test("of fewer than seven months, or of nothing, is not known", () => {
    expect(dispersion([10, 30, 10, 30, 10, 30])).toBeNull();
    expect(dispersion([])).toBeNull();
    expect(dispersion(new Array(24).fill(0))).toBeNull();
  });

  test.each([1, 2, 4])("finds the true factor %i on average over a thousand series", (factor) => {
    const random = createRandom(factor);
    let total = 0;
    for (let run = 0; run < 1_000; run += 1) {
      const series = Array.from({ length: 36 }, () => overdispersed(40, factor, random));
      total += dispersion(series) ?? Number.NaN;
    }
    console.info(
      `scatter ${factor}: found ${(total / 1_000).toFixed(2)} on average, never under 1`,
    );
    // Never under 1, so a little above it where the truth is 1.
    expect(total / 1_000).toBeGreaterThan(0.93 * factor);
    expect(total / 1_000).toBeLessThan(factor === 1 ? 1.2 : 1.05 * factor);
  });
});

describe("the scatter of a table of few months", () => {
  test("in closed form", () => {
    // All four are 5 from the 15 that rows and columns lead to expect: 4 x 25 / 15, of one degree of freedom.
    const table = [
      [10, 20],
      [20, 10],
    ];
    expect(crossedDispersion(table)).toBeCloseTo(100 / 15, 12);
  });

  test("is that of chance where all places have one season, and not known of one place or one month", () => {
    const season = [
      [10, 40, 20],
      [5, 20, 10],
      [0, 0, 0],
    ];
    expect(crossedDispersion(season)).toBe(1);
    expect(crossedDispersion([[10, 40, 20]])).toBeNull();
    expect(crossedDispersion([[10], [20]])).toBeNull();
    expect(crossedDispersion([])).toBeNull();
  });

  test.each([1, 2, 4])("finds the true factor %i on average over four months", (factor) => {
    const random = createRandom(5);
    const found = Array.from({ length: 300 }, () =>
      crossedDispersion(
        Array.from({ length: 12 }, () =>
          Array.from({ length: 4 }, () => overdispersed(40, factor, random)),
        ),
      ),
    );
    const mean = found.reduce<number>((sum, one) => sum + (one ?? 0), 0) / found.length;
    expect(mean / factor).toBeGreaterThan(0.95);
    expect(mean / factor).toBeLessThan(1.12);
  });
});
