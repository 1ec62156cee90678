import { expect, test } from "vitest";
import { runStat } from "#core/stats/stat-command.ts";
import { StatInputError } from "#core/stats/stat-input.ts";

const knox = { space: [0, 1], time: [0, 1], permutations: 0, seed: 1 };
const wdd = { treated: [20, 10], control: [20, 20], alpha: 0.1 };

test.each([
  ["lengths: one must not be more than 1e+50 times the other", "e-test", [1, 2], [1e-60, 1]],
  [
    "pairs[0][1]: must be a whole number from 0 to 10000000000, not 100000000000",
    ...(["poisson-test", [1, 1e11], [1, 1]] as const),
  ],
])("two counts are refused in one line: %s", (words, name, pair, lengths) => {
  expect(() => runStat(name, { pairs: [pair], lengths })).toThrow(new StatInputError(words));
});

test("a figure too large to be held is refused, not left undefined", () => {
  const words = "the input: what it gives for se is too large to be held";
  expect(() => runStat("wdd", { ...wdd, timeWeights: [1e-300, 1] })).toThrow(
    new StatInputError(words),
  );
});

test("knox refuses too many points in one place in one line", () => {
  const points = Array.from({ length: 20_000 }, () => ({ x: 0, y: 0, day: 0 }));
  const words =
    "points: too many lie within 1 of each other, at most 10000000 pairs can be compared; give fewer points or a shorter last distance";
  expect(() => runStat("knox", { ...knox, points })).toThrow(new StatInputError(words));
});
