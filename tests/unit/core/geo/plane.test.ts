import { expect, test } from "vitest";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import {
  createPlane,
  lineLength,
  locateOnLine,
  metresWords,
  planeDistance,
} from "#core/geo/plane.ts";

const foreStreet: Position = [-0.0631, 51.6179];

test("a degree of latitude at 51.6 N measures 111,265 m, as the WGS84 tables have it", () => {
  const plane = createPlane([0, 51.6]);
  // Bowring's series for the length of a degree of latitude at 51.6 N.
  const phi = (51.6 * Math.PI) / 180;
  const expected = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi);
  expect(plane.toPlane([0, 51.601])[1] * 1000).toBeCloseTo(expected, 0);
});

test("over the whole command distances agree with the great circle to 0.4%", () => {
  const plane = createPlane(foreStreet);
  const far: Position[] = [
    [-0.18, 51.67],
    [-0.01, 51.68],
    [-0.15, 51.57],
  ];
  for (const position of far) {
    const ratio =
      planeDistance([0, 0], plane.toPlane(position)) / metresBetween(foreStreet, position);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.004);
  }
});

test("a position comes back from the plane", () => {
  const plane = createPlane(foreStreet);
  const [lng, lat] = plane.toPosition(plane.toPlane([-0.11, 51.58]));
  expect(lng).toBeCloseTo(-0.11, 12);
  expect(lat).toBeCloseTo(51.58, 12);
});

test("a point is located beside a segment, beyond an end and on a corner", () => {
  const line = [
    [0, 0],
    [100, 0],
    [100, 100],
  ] as const;
  expect(locateOnLine([40, 30], line)).toEqual({ distance: 30, along: 40, nearest: [40, 0] });
  expect(locateOnLine([-30, 40], line)).toEqual({ distance: 50, along: 0, nearest: [0, 0] });
  expect(locateOnLine([130, -40], line)).toEqual({ distance: 50, along: 100, nearest: [100, 0] });
  expect(lineLength(line)).toBe(200);
});

test("a line of repeated points is a point, and an empty line is refused", () => {
  expect(
    locateOnLine(
      [3, 4],
      [
        [0, 0],
        [0, 0],
      ],
    ).distance,
  ).toBe(5);
  expect(() => locateOnLine([0, 0], [])).toThrow("at least one point");
});

test.each([
  [0, "50 m"],
  [1_240, "1,250 m"],
  [9_980, "10,000 m"],
  [339_950, "340 km"],
])("%d metres are said as %s", (metres, words) => {
  expect(metresWords(metres)).toBe(words);
});
