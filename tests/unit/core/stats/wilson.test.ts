import { expect, test } from "vitest";
import { wilsonInterval } from "#core/stats/interval.ts";

test("published: 10 of 20 and 0 of 10 (Newcombe 1998, Statistics in Medicine 17, method 3 as R's prop.test)", () => {
  const half = wilsonInterval(10, 20, 0.05);
  expect(half?.low).toBeCloseTo(0.2993, 4);
  expect(half?.high).toBeCloseTo(0.7007, 4);
  // 81 of 263 is the first example there: 0.2553 to 0.3662.
  const example = wilsonInterval(81, 263, 0.05);
  expect(example?.low).toBeCloseTo(0.2553, 4);
  expect(example?.high).toBeCloseTo(0.3662, 4);
});

test("closed form: none of n has no lower end but nought, and z2 / (n + z2) above", () => {
  const none = wilsonInterval(0, 20, 0.05);
  expect(none?.low).toBe(0);
  expect(none?.high).toBeCloseTo(3.8415 / 23.8415, 4);
  expect(wilsonInterval(20, 20, 0.05)?.high).toBe(1);
});

test("without a base there is none, and more than the base is refused", () => {
  expect(wilsonInterval(0, 0, 0.05)).toBeNull();
  expect(() => wilsonInterval(3, 2, 0.05)).toThrow(RangeError);
});
