import { describe, expect, test } from "vitest";
import { keptHotspots, leastFallToSee, steadiness } from "#core/hotspots/steadiness.ts";
import { createRandom, type Random } from "#core/random.ts";
import { eTest } from "#core/stats/two-counts.ts";

describe("whether busy places stay busy", () => {
  test("the same counts again keep every place, and those hold what they held", () => {
    const counts = Array.from({ length: 200 }, (_, cell) => (cell < 40 ? 40 - cell : 0));
    const told = steadiness(counts, counts);
    expect(told).toMatchObject({ kept: 10 });
    expect(told?.heldLater).toBe(told?.heldNow);
  });

  test("places that changed over hold nothing of what is to come", () => {
    const now = Array.from({ length: 60 }, (_, cell) => (cell < 10 ? 5 : 0));
    expect(steadiness(now, now.toReversed())).toEqual({
      ...{ kept: 0, heldNow: 1, heldLater: 0 },
    });
  });

  test("ties at the last place count in equal parts", () => {
    const even = Array.from({ length: 100 }, () => 2);
    const told = steadiness(even, even);
    expect(told?.kept).toBeCloseTo(1, 12);
    expect(told?.heldLater).toBeCloseTo(0.1, 12);
  });

  test("nothing is said where either period has reports in fewer than ten places", () => {
    const nine = Array.from({ length: 40 }, (_, cell) => (cell < 9 ? 3 : 0));
    const ten = Array.from({ length: 40 }, (_, cell) => (cell < 10 ? 3 : 0));
    expect(steadiness(nine, ten)).toBeNull();
    expect(steadiness(ten, nine)).toBeNull();
    expect(steadiness(ten, ten)?.kept).toBe(10);
  });

  test("of places that are all alike, those picked for their count hold later what any ten hold", () => {
    const random = createRandom(4);
    const cells = 400;
    const draw = () => Array.from({ length: cells }, () => poisson(random, 1.5));
    const told = Array.from({ length: 60 }, () => steadiness(draw(), draw()));
    const mean = (of: "heldNow" | "heldLater") =>
      told.reduce((sum, one) => sum + (one?.[of] ?? 0), 0) / told.length;
    expect(mean("heldLater")).toBeCloseTo(10 / cells, 2);
    expect(mean("heldNow")).toBeGreaterThan((3 * 10) / cells);
  });
});

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

test("the hotspots of before that are hotspots now", () => {
  expect(keptHotspots([1, 0, 1, 0], [1, 1, 0, 0])).toEqual({ before: 2, kept: 1 });
  expect(keptHotspots([1], [0])).toEqual({ before: 0, kept: 0 });
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
