import { expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { findChangePoints, type Step, testSplit } from "#core/stats/change-point.ts";

const months = (counts: readonly number[]): Step[] => counts.map((count) => ({ count, days: 30 }));
const options = (seed = 1) => ({
  random: createRandom(seed),
  permutations: 999,
  alpha: 0.05,
  leastSteps: 3,
});

test("a step is found where it is, with both rates a day", () => {
  const found = findChangePoints(
    months([30, 31, 29, 30, 28, 32, 60, 61, 59, 62, 58, 60]),
    options(),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ at: 6 });
  expect(found[0]?.before).toBeCloseTo(1, 10);
  expect(found[0]?.after).toBeCloseTo(2, 10);
  expect(found[0]?.p).toBeLessThan(0.01);
});

test("two steps are both found, and nothing within their levels", () => {
  const counts = [90, 88, 92, 91, 89, 90, 30, 31, 29, 32, 28, 30, 60, 61, 62, 58, 59, 60];
  const [first, second] = findChangePoints(months(counts), options());
  expect([first?.at, second?.at]).toEqual([6, 12]);
  // Rates of the levels on both sides, and not of a side that holds two of them.
  expect(first?.before).toBeCloseTo(3, 10);
  expect(first?.after).toBeCloseTo(1, 10);
  expect(second?.before).toBeCloseTo(1, 10);
  expect(second?.after).toBeCloseTo(2, 10);
});

test("closed form: with one order in twenty as uneven, p is the share of such orders", () => {
  // Of the 20 ways to lay out three tens and three noughts, two have a split as clear as this one.
  const split = testSplit(months([0, 0, 0, 10, 10, 10]), { ...options(), permutations: 9999 });
  expect(split?.at).toBe(3);
  expect(split?.p).toBeGreaterThan(0.085);
  expect(split?.p).toBeLessThan(0.115);
});

test("a month with fewer days is no change of level", () => {
  const steps = [...months([60, 58, 61, 60, 59, 62]), { count: 12, days: 6 }];
  expect(findChangePoints(steps, options())).toEqual([]);
});

test("too few steps, and none at all, are no change", () => {
  expect(findChangePoints(months([1, 50, 1, 50, 90]), options())).toEqual([]);
  expect(findChangePoints([], options())).toEqual([]);
  expect(findChangePoints(months([0, 0, 0, 0, 0, 0, 0, 0]), options())).toEqual([]);
});

test("published: the coal-mining disasters change in about 1890 (Jarrett 1979, Biometrika 66)", () => {
  // Disasters a year, 1851 to 1962; a change near 1890 is what every analysis since finds.
  const disasters = [
    "45410434063340263354531441553425223421322111130010110031",
    "03220111010100021000110233112111124200014000100000100101",
  ].flatMap((years) => [...years].map(Number));
  expect(disasters).toHaveLength(112);
  const split = testSplit(
    disasters.map((count) => ({ count, days: 365.25 })),
    options(),
  );
  expect(1851 + (split?.at ?? 0)).toBeGreaterThanOrEqual(1888);
  expect(1851 + (split?.at ?? 0)).toBeLessThanOrEqual(1894);
  expect(split?.p).toBe(0.001);
});

test("without a change it marks one in few series, also where counts scatter more than Poisson counts", () => {
  const random = createRandom(7);
  let marked = 0;
  const runs = 200;
  for (let run = 0; run < runs; run += 1) {
    // A month's mean is itself drawn from 10 to 90: five times the variance of a Poisson count and more.
    const counts = Array.from({ length: 16 }, () => 10 + random.integer(81));
    const found = findChangePoints(months(counts), { ...options(run), permutations: 199 });
    if (found.length > 0) marked += 1;
  }
  expect(marked / runs).toBeLessThan(0.08);
});

test("is the same for the same seed", () => {
  const counts = [12, 15, 9, 20, 31, 8, 14, 19, 22, 30];
  expect(findChangePoints(months(counts), options(3))).toEqual(
    findChangePoints(months(counts), options(3)),
  );
});
