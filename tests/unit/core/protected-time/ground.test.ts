import { describe, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import {
  groundFault,
  halfWidthFault,
  type Outline,
  radiusFault,
} from "#core/protected-time/ground.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { area, route, square } from "#tests/support/outlines.ts";
import { corner } from "#tests/support/outreach.ts";

test("a venue that is no place of the area is refused without repeating it", () => {
  const far =
    "The place lies far outside the area: check that latitude and longitude are not swapped.";
  const none = "The place is not a longitude and a latitude: choose it on the map again.";
  const fault = (at: Position, radiusM = 150) =>
    groundFault({ kind: "circle", at, radiusM }, bundledGround());
  expect(fault(corner)).toBeNull();
  expect(fault([51.61793, -0.06312])).toBe(far);
  expect(fault([-0.06312, 91])).toBe(none);
  expect(fault([Number.NaN, 51.6])).toBe(none);
  expect(fault([1e308, 51.6])).toBe(far);
  expect(fault(corner, 99.5)).toContain("a whole number of metres");
});

test("a radius out of range says the range, and what to do instead", () => {
  const range = "The radius must be a whole number of metres up to 400.";
  expect([1, 400].map(radiusFault)).toEqual([null, null]);
  expect(radiusFault(401)).toBe(`${range} For more ground draw an area or a route instead.`);
  expect([0, -1, 99.5, Number.NaN].map(radiusFault)).toEqual([range, range, range, range]);
});

describe("an outline that cannot be used is refused in words, without repeating it", () => {
  test.each([
    [
      "an area of two corners",
      area([
        [0, 0],
        [100, 0],
      ]),
      "at least three corners",
    ],
    ["a route of one corner", route([[0, 0]]), "the beginning and the end"],
    [
      "an area that crosses itself",
      area([
        [0, 0],
        [200, 200],
        [200, 0],
        [0, 200],
      ]),
      "crosses itself",
    ],
    ["an area that is too small", square(44), "smaller than a circle of 25 m"],
    ["an area that is too wide", square(2_150), "more than 3 km across"],
    [
      "a route that is too short",
      route([
        [0, 0],
        [49, 0],
      ]),
      "shorter than 50 m",
    ],
    [
      "a route that is too long",
      route([
        [0, 0],
        [2_600, 0],
        [100, 100],
      ]),
      "longer than 5 km",
    ],
    [
      "a route that is too wide",
      route(
        [
          [0, 0],
          [400, 0],
        ],
        251,
      ),
      "from 25 to 250",
    ],
    [
      "a route that is too narrow",
      route(
        [
          [0, 0],
          [400, 0],
        ],
        24,
      ),
      "from 25 to 250",
    ],
    [
      "a width that is no whole number",
      route(
        [
          [0, 0],
          [400, 0],
        ],
        50.5,
      ),
      "whole number",
    ],
    [
      "81 corners",
      route(Array.from({ length: 81 }, (_, at) => [10 * at, 0])),
      "more than 80 corners",
    ],
    [
      "swapped coordinates",
      { kind: "area", corners: [corner, [51.6, -0.06], [-0.061, 51.61]] } as Outline,
      "far outside the area",
    ],
    [
      "no number",
      { kind: "corridor", corners: [corner, [Number.NaN, 51.6]], halfWidthM: 50 } as Outline,
      "far outside the area",
    ],
  ])("%s", (_, outline, reason) => {
    const fault = groundFault(outline, bundledGround());
    expect(fault).toContain(reason);
    expect(fault).not.toMatch(/51\.6|0\.063/);
  });

  test("at the limits it can be used", () => {
    const usable = [
      square(45),
      square(2_100),
      route([
        [0, 0],
        [51, 0],
      ]),
      route(
        [
          [0, 0],
          [2_400, 0],
          [100, 100],
        ],
        250,
      ),
      route(Array.from({ length: 80 }, (_, at) => [10 * at, 0])),
    ];
    expect(usable.map((outline) => groundFault(outline, bundledGround()))).toEqual(
      usable.map(() => null),
    );
    expect(halfWidthFault(25)).toBeNull();
    expect(halfWidthFault(250)).toBeNull();
  });
});
