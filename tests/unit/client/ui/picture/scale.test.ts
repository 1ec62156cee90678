import { describe, expect, test } from "vitest";
import { lengthWords, metresPerPixel, scaleBar } from "#client/ui/picture/scale.ts";
import { metresBetween } from "#core/geo/cell.ts";

/** The tiles' own projection the other way round: x in CSS pixels of a world 512 * 2^zoom wide. */
const lngAt = (x: number, zoom: number) => (x / (512 * 2 ** zoom)) * 360 - 180;

describe.each([0, 51.61, 54.98, -33.9, 70])("at %d degrees", (latitude) => {
  test.each([8, 12.37, 16, 19.5])(
    "zoomed to %d a bar is as long as its words, by haversine",
    (zoom) => {
      const bar = scaleBar(metresPerPixel(latitude, zoom), 120);
      if (bar === null) throw new Error("no bar");
      expect(bar.length).toBeGreaterThan(120 / 2.5);
      expect(bar.length).toBeLessThanOrEqual(120);
      const from = 512 * 2 ** zoom * 0.4998;
      const ground = metresBetween(
        [lngAt(from, zoom), latitude],
        [lngAt(from + bar.length, zoom), latitude],
      );
      expect(Math.abs(ground / bar.metres - 1)).toBeLessThan(0.001);
    },
  );
});

test("metric, and no bar where nothing can be drawn", () => {
  expect([1, 500, 1_000, 20_000].map(lengthWords)).toEqual(["1 m", "500 m", "1 km", "20 km"]);
  expect(scaleBar(0, 100)).toBeNull();
  expect(scaleBar(Number.NaN, 100)).toBeNull();
});
