import { expect, test } from "vitest";
import { isLine } from "#client/places/places.ts";

test("a line is positions of two finite numbers and nothing else", () => {
  expect(
    isLine([
      [0.1, 51.6],
      [0.2, 51.7],
    ]),
  ).toBe(true);
  expect(isLine([])).toBe(true);
  for (const wrong of [
    null,
    "x",
    [1, 2],
    [[1]],
    [[1, 2, 3]],
    [["1", 2]],
    [[1, Number.NaN]],
    [{}],
  ]) {
    expect(isLine(wrong)).toBe(false);
  }
});
