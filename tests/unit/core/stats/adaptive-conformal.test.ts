import { expect, test } from "vitest";
import { learntInterval, learntSpread } from "#core/patrols/forecast/interval.ts";
import { createRandom } from "#core/random.ts";
import { adaptiveQuantile } from "#core/stats/adaptive-conformal.ts";
import { poisson } from "#tests/support/displacement.ts";

const quantile = (scores: readonly number[], level = 0.8) =>
  adaptiveQuantile(Float64Array.from(scores), level);

test("by hand: a miss takes a higher quantile, a hit a lower one", () => {
  const eight = [3, 1, 2, 5, 4, 8, 7, 6];
  // Of nine ranks 0.8 is above the seventh: the eighth of eight.
  expect(quantile(eight)).toBe(8);
  // Within: 0.79 of ten ranks is the eighth of nine.
  expect(quantile([...eight, 3])).toBe(7);
  // Beyond: 0.84 of ten ranks is the ninth.
  expect(quantile([...eight, 10])).toBe(10);
  // Four more within, the first still below 8: 0.75 of thirteen ranks is the tenth of twelve.
  expect(quantile([...eight, 3, 3, 3, 3])).toBe(6);
  expect(quantile(eight.slice(1))).toBeNull();
});

test("every sequence of three further scores, by the definition", () => {
  /** The least score that, with those under it, is so many of the ranks. */
  const least = (scores: readonly number[], share: number) =>
    scores
      .toSorted((a, b) => a - b)
      .find((_, at) => at + 1 >= share * (scores.length + 1) - 1e-9) ?? Math.max(...scores);
  const values = [0, 2.5, 5.5, 7.5, 9];
  for (const first of values)
    for (const second of values)
      for (const third of values) {
        const scores = [3, 1, 2, 5, 4, 8, 7, 6, first, second, third];
        let miss = 0.2;
        for (const at of [8, 9, 10]) {
          const isMissed = (scores[at] as number) > least(scores.slice(0, at), 1 - miss);
          miss += 0.05 * (0.2 - (isMissed ? 1 : 0));
        }
        expect(quantile(scores), String(scores)).toBe(least(scores, 1 - miss));
      }
});

/** Counts of 60 periods whose rate walks, expected at a moving mean of what came. */
function drifting(seed: number, step: number) {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  let [rate, mean] = [120, 120];
  return Array.from({ length: 60 }, () => {
    rate *= Math.exp(step * normal());
    const told = { mean, came: poisson(rate, random) };
    mean = 0.7 * mean + 0.3 * told.came;
    return told;
  });
}

test("counts that drift stay within in 75 to 85 of 100 periods, where fixed widths hold half", () => {
  for (const step of [0, 0.1, 0.2]) {
    let [held, fixed, all] = [0, 0, 0];
    for (let seed = 1; seed <= 30; seed += 1) {
      const told = drifting(seed, step);
      for (let at = 8; at < 60; at += 1) {
        const { mean, came } = told[at] as (typeof told)[number];
        const spread = learntSpread(told.slice(Math.max(0, at - 36), at));
        const holds = (by: number | null) => {
          const { low, high } = learntInterval(mean, by) ?? { low: 1, high: 0 };
          return came >= low && came <= high ? 1 : 0;
        };
        held += holds(spread);
        fixed += holds(0.005);
        all += 1;
      }
    }
    expect(held / all, `step ${step}`).toBeGreaterThan(0.75);
    expect(held / all, `step ${step}`).toBeLessThan(0.85);
    if (step === 0.2) expect(fixed / all).toBeLessThan(0.6);
  }
});
