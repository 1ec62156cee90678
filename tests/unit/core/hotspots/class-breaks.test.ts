import { expect, test } from "vitest";
import { classBreaks, classOf, ladders } from "#core/hotspots/class-breaks.ts";

test("a few nights are ranked in steps of one or two, a year in wide steps", () => {
  expect(classBreaks(3.5)).toEqual([1, 2, 3, 5, 8]);
  expect(classBreaks(30)).toEqual([1, 2, 4, 8, 16]);
  expect(classBreaks(262)).toEqual([1, 4, 16, 64, 256]);
});

test("small values do not all fall into the lowest class", () => {
  const breaks = classBreaks(3.5);
  expect([1, 2, 3.5].map((value) => classOf(value, breaks))).toEqual([0, 1, 2]);
});

test.each(ladders.map((ladder) => [ladder]))("%j has five rising classes from one", (ladder) => {
  expect(ladder).toHaveLength(5);
  expect(ladder[0]).toBe(1);
  expect([...ladder].sort((a, b) => a - b)).toEqual(ladder);
});

test.each([0, 0.4, 1, 7.9, 8, 15.9, 16, 50, 255, 256, 1e6])(
  "the busiest of what is usual, %s, is in the top class unless that is under 8",
  (usual) => {
    expect(classOf(usual, classBreaks(usual)) === 4).toBe(usual >= 8);
  },
);

test("a value falls into the last class that it reaches; less than half an event is not drawn", () => {
  const breaks = [1, 4, 16, 64, 256];
  expect([0, 0.49, 0.5, 1, 3.9, 4, 255, 256, 9999].map((value) => classOf(value, breaks))).toEqual([
    -1, -1, 0, 0, 0, 1, 3, 4, 4,
  ]);
});
