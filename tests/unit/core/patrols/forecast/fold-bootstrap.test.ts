import { expect, test } from "vitest";
import { ratiosToBestCount } from "#core/patrols/forecast/backtest.ts";
import { createRandom } from "#core/random.ts";

const rowsOf = (values: readonly number[]) => values.map((pai) => [{ pai }]);
const random = createRandom(3);
const count = Array.from({ length: 24 }, () => 5 + 4 * random.next());

test("the best count beside itself is 1, whatever is drawn", () => {
  expect(ratiosToBestCount(rowsOf(count), [rowsOf(count)])).toEqual([
    { ratio: 1, low: 1, high: 1 },
  ]);
});

test("half as much again in every period is 1.5 in every draw, beside the best of the counts", () => {
  const own = rowsOf(count.map((pai) => 1.5 * pai));
  const worse = rowsOf(count.map((pai) => 0.8 * pai));
  const [told] = ratiosToBestCount(own, [worse, rowsOf(count)]);
  for (const value of Object.values(told ?? {})) expect(value).toBeCloseTo(1.5, 12);
});

test("what scatters from period to period has an interval around the ratio, the same each time", () => {
  const own = rowsOf(count.map((pai) => pai * (0.6 + random.next())));
  const [told] = ratiosToBestCount(own, [rowsOf(count)]);
  expect(told?.low).toBeLessThan(told?.ratio ?? 0);
  expect(told?.high).toBeGreaterThan(told?.ratio ?? 0);
  expect(ratiosToBestCount(own, [rowsOf(count)])).toEqual([told]);
});

test("95% of intervals of a mean ratio of 1 hold it", () => {
  let inside = 0;
  const rounds = 100;
  for (let round = 0; round < rounds; round += 1) {
    const base = Array.from({ length: 36 }, () => 5 + 4 * random.next());
    const own = base.map((pai) => pai * (0.7 + 0.6 * random.next()));
    const [told] = ratiosToBestCount(rowsOf(own), [rowsOf(base)]);
    if (told && told.low <= 1 && told.high >= 1) inside += 1;
  }
  expect(inside).toBeGreaterThanOrEqual(87);
});

test("seven periods are too few to be drawn again", () => {
  const seven = rowsOf(count.slice(0, 7));
  expect(ratiosToBestCount(seven, [seven])).toEqual([null]);
});

test("without a period, a count, or a hit there is nothing to compare", () => {
  expect(ratiosToBestCount([], [rowsOf(count)])).toEqual([]);
  expect(ratiosToBestCount(rowsOf(count), [])).toEqual([]);
  const nothing = rowsOf(count.map(() => 0));
  expect(ratiosToBestCount(rowsOf(count), [nothing])).toEqual([null]);
});
