import { describe, expect, test } from "vitest";
import { drawFootprint, sortCells } from "#core/blackouts/footprint.ts";
import { drawGround, groundReachM } from "#core/blackouts/ground.ts";
import {
  drawOutline,
  footprintOfOutline,
  halfWidthFault,
  type Outline,
  outlineFault,
  reachOf,
} from "#core/blackouts/outline.ts";
import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  eventResolution,
  type H3Cell,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { createRandom } from "#core/random.ts";
import { corner } from "#tests/support/outreach.ts";

const plane = createPlane(corner);
const onMap = (points: readonly PlanePoint[]): Position[] => points.map(plane.toPosition);

/** Metres east and north of a street corner. */
const route = (points: readonly PlanePoint[], halfWidthM = 50): Outline => ({
  kind: "corridor",
  corners: onMap(points),
  halfWidthM,
});
const area = (points: readonly PlanePoint[]): Outline => ({ kind: "area", corners: onMap(points) });
const square = (side: number) =>
  area([
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ]);
const straight = route([
  [0, 0],
  [400, 0],
]);

describe("what an outline covers", () => {
  test("a route: every cell within its width and the growth, a ring around them, and not much more", () => {
    const line: PlanePoint[] = [
      [0, 0],
      [400, 0],
      [400, 300],
    ];
    for (const [halfWidthM, grownM] of [
      [25, 0],
      [50, 150],
      [250, 150],
    ] as const) {
      const cells = footprintOfOutline(route(line, halfWidthM), grownM);
      const held = new Set(cells);
      const reach = halfWidthM + grownM;
      const apart = (cell: H3Cell) =>
        Math.min(
          ...[cellCentre(cell), ...cellRing(cell)].map(
            (point) => locateOnLine(plane.toPlane(point), line).distance,
          ),
        );
      const around = disk(cellAt(corner, eventResolution), 14);
      for (const cell of around.filter((one) => apart(one) <= reach)) {
        for (const beside of disk(cell, 1)) expect(held.has(beside)).toBe(true);
      }
      // A cell of the cover has a point within reach; its ring is a cell further.
      const furthest = 1.01 * reach + 6 + 2 * 76;
      expect(cells.filter((cell) => apart(cell) > furthest)).toEqual([]);
    }
  });

  test("an area: its inside too, however far from its edges", () => {
    const cells = new Set(footprintOfOutline(square(1_000)));
    const middle = cellAt(plane.toPosition([500, 500]), eventResolution);
    expect(disk(middle, 3).every((cell) => cells.has(cell))).toBe(true);
    const asRoute = footprintOfOutline(
      route(
        [
          [0, 0],
          [1_000, 0],
          [1_000, 1_000],
          [0, 1_000],
          [0, 0],
        ],
        25,
      ),
    );
    expect(asRoute).not.toContain(middle);
  });

  test("an area is closed where its last corner meets its first", () => {
    const cells = footprintOfOutline(square(1_000), 150);
    // Beyond the side from the last corner to the first, within the growth.
    expect(cells).toContain(cellAt(plane.toPosition([-140, 500]), eventResolution));
    // Of a route no way back is closed.
    const back = route(
      [
        [0, 0],
        [1_000, 0],
        [1_000, 1_000],
        [0, 1_000],
      ],
      25,
    );
    expect(footprintOfOutline(back)).not.toContain(
      cellAt(plane.toPosition([0, 500]), eventResolution),
    );
  });

  test("cells come sorted, each once", () => {
    const cells = footprintOfOutline(straight);
    expect(cells).toEqual(sortCells(new Set(cells)));
  });
});

describe("the secret offset", () => {
  test("moves the whole outline by up to 150 m, uniformly over the disc, and grows it by 150 m", () => {
    const still = drawOutline(straight, () => 0);
    expect(still).toEqual(footprintOfOutline(straight, 150));
    // The most that can be drawn, to the east (a quarter of the turn clockwise from north).
    const numbers = [1, 0.25];
    const moved = drawOutline(straight, () => numbers.shift() ?? 0);
    const east = route([
      [150, 0],
      [550, 0],
    ]);
    const expected = footprintOfOutline(east, 150);
    const other = moved.filter((cell) => !expected.includes(cell));
    expect(Math.abs(moved.length - expected.length)).toBeLessThanOrEqual(3);
    expect(other.length).toBeLessThanOrEqual(3);
    // A quarter of the draws fall into the inner half of the disc.
    const half = [0.25, 0.25];
    const nearer = drawOutline(straight, () => half.shift() ?? 0);
    const halfway = footprintOfOutline(
      route([
        [75, 0],
        [475, 0],
      ]),
      150,
    );
    expect(nearer.filter((cell) => !halfway.includes(cell)).length).toBeLessThanOrEqual(3);
  });

  test("is drawn for a circle by the rule of circles, for the others by that of outlines", () => {
    const circle = { kind: "circle", at: corner, radiusM: 300 } as const;
    expect(drawGround(circle, createRandom(3).next)).toEqual(
      drawFootprint(circle, createRandom(3).next),
    );
    expect(drawGround(straight, createRandom(3).next)).toEqual(
      drawOutline(straight, createRandom(3).next),
    );
    expect(groundReachM(circle)).toBe(300);
    expect(groundReachM(straight)).toBe(250);
  });
});

describe("the reach", () => {
  test("is half of the greatest extent with the width, in whole 25 m", () => {
    expect(reachOf(straight)).toBe(250);
    const short = route(
      [
        [0, 0],
        [60, 0],
      ],
      25,
    );
    expect(reachOf(short)).toBe(75);
    // A diagonal of 141 m, halved.
    expect(reachOf(square(100))).toBe(75);
    // Corners in between can be further apart than the ends.
    const bent = route([
      [0, 0],
      [300, 900],
      [600, 0],
    ]);
    expect(reachOf(bent)).toBe(525);
  });
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
    const fault = outlineFault(outline);
    expect(fault).toContain(reason);
    expect(fault).not.toMatch(/51\.6|0\.063/);
    expect(() => drawOutline(outline, () => 0.5)).toThrow(RangeError);
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
    expect(usable.map(outlineFault)).toEqual(usable.map(() => null));
    expect(halfWidthFault(25)).toBeNull();
    expect(halfWidthFault(250)).toBeNull();
  });
});

test("the largest area is closed in its midst too, far from every edge", () => {
  const side = 2_000;
  expect(outlineFault(square(side))).toBeNull();
  const held = new Set(drawOutline(square(side), createRandom(3).next));
  const open: PlanePoint[] = [];
  for (let x = 0; x <= side; x += 50) {
    for (let y = 0; y <= side; y += 50) {
      if (!held.has(cellAt(plane.toPosition([x, y]), eventResolution))) open.push([x, y]);
    }
  }
  expect(open).toEqual([]);
});
