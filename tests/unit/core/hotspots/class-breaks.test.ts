import { expect, test } from "vitest";
import { classBreaks, classCount, classOf } from "#core/hotspots/class-breaks.ts";

test("five classes rise in equal ratios from one event to the largest value", () => {
  expect(classBreaks(1024)).toEqual([1, 4, 16, 64, 256]);
});

test.each([0, 0.4, 1, 2, 3, 4.9, 5, 7, 12, 33.3, 80, 1e6])(
  "breaks for %s rise and stay within it",
  (largest) => {
    const breaks = classBreaks(largest);
    expect(breaks[0]).toBe(1);
    expect(breaks.length).toBeLessThanOrEqual(classCount);
    breaks.slice(1).forEach((bound, at) => {
      expect(bound).toBeGreaterThan(breaks[at] ?? Number.NaN);
      expect(bound).toBeLessThanOrEqual(largest);
    });
  },
);

test("a value falls into the last class that it reaches; less than half an event is not drawn", () => {
  const breaks = [1, 4, 16, 64, 256];
  expect([0, 0.49, 0.5, 1, 3.9, 4, 255, 256, 9999].map((value) => classOf(value, breaks))).toEqual([
    -1, -1, 0, 0, 0, 1, 3, 4, 4,
  ]);
});
