import { describe, expect, test } from "vitest";
import { leastFallToSee } from "#core/hotspots/least-fall.ts";
import { createRandom, type Random } from "#core/random.ts";
import { eTest } from "#core/stats/two-counts.ts";

describe("the smallest fall that could be seen", () => {
  test.each([5.6, 6, 8, 12, 30])(
    "is found at least eight times in ten where %f are expected",
    (expected) => {
      const fall = leastFallToSee(expected) ?? Number.NaN;
      const power = (part: number) => {
        const [before, after] = [chances(expected), chances(expected * (1 - part))];
        let seen = 0;
        before.forEach((one, had) => {
          for (let has = 0; has < had && (eTest(had, has) ?? 1) <= 0.05; has += 1) {
            seen += one * (after[has] ?? 0);
          }
        });
        return seen;
      };
      expect(power(fall)).toBeCloseTo(0.8, 6);
      expect(power(fall - 0.01)).toBeLessThan(0.8);
    },
  );

  test.each([12, 30, 80, 300, 1_200])(
    "is found eight times in ten where %i are expected, drawn",
    (expected) => {
      const random = createRandom(expected);
      const fall = leastFallToSee(expected) ?? Number.NaN;
      const rounds = 600;
      let found = 0;
      for (let round = 0; round < rounds; round += 1) {
        const [before, after] = [poisson(random, expected), poisson(random, expected * (1 - fall))];
        if (after < before && (eTest(before, after, [84, 84]) ?? 1) <= 0.05) found += 1;
      }
      // 600 rounds scatter by 0.016; whole counts and the exact test by more, where few are expected.
      expect(found / rounds).toBeGreaterThan(0.73);
      expect(found / rounds).toBeLessThan(0.88);
    },
  );

  test("is smaller the more are expected, and none where all could end unseen", () => {
    // The E-test tells 4 and 0 as a fall, and of 4 expected no more than 57 in 100 are 4 or more.
    for (const few of [0, 3, 4, 5.4]) expect(leastFallToSee(few)).toBeNull();
    const falls = [5, 20, 100, 1_000].map((expected) => leastFallToSee(expected) ?? 1);
    expect(falls.toSorted((a, b) => b - a)).toEqual(falls);
    expect(falls[2]).toBeGreaterThan(0.3);
    expect(falls[2]).toBeLessThan(0.4);
  });
});

/** Of 0, 1, ... until nothing is left that counts. */
function chances(mean: number): number[] {
  const found = [Math.exp(-mean)];
  for (let count = 1; count < mean + 12 * Math.sqrt(mean) + 20; count += 1) {
    found.push(((found[count - 1] as number) * mean) / count);
  }
  return found;
}

/** By multiplying uniform numbers (Knuth), in parts so that nothing underflows. */
function poisson(random: Random, mean: number): number {
  let [left, count] = [mean, 0];
  while (left > 0) {
    const part = Math.min(left, 30);
    const limit = Math.exp(-part);
    for (let product = random.next(); product > limit; product *= random.next()) count += 1;
    left -= part;
  }
  return count;
}
