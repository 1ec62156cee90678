import { expect, test } from "vitest";
import { cellAt, cellCentre, cellRing, disk, type H3Cell, type Position } from "#core/geo/cell.ts";
import { locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { latticeCellsOf } from "#core/protected-time/lattice.ts";
import { plane, route, square } from "#tests/support/outlines.ts";
import { corner } from "#tests/support/outreach.ts";

test("a route overlaps every cell within its width, and none that is much further", () => {
  const line: PlanePoint[] = [
    [0, 0],
    [900, 0],
    [900, 700],
  ];
  for (const halfWidthM of [25, 50, 250]) {
    const found = new Set(latticeCellsOf(route(line, halfWidthM)));
    const apart = (cell: H3Cell) =>
      Math.min(...rimOf(cell).map((point) => locateOnLine(plane.toPlane(point), line).distance));
    const around = disk(cellAt(corner, 9), 7);
    expect(around.filter((cell) => apart(cell) <= halfWidthM && !found.has(cell))).toEqual([]);
    expect([...found].filter((cell) => apart(cell) > 1.01 * halfWidthM + 6 + 2)).toEqual([]);
  }
});

test("a leg of kilometres overlaps every cell on its way, whichever way it goes and wherever it begins", () => {
  const length = 2_500;
  for (const degrees of [0, 50, 90, 140, 200, 250, 310]) {
    const [east, north] = [
      Math.sin((degrees * Math.PI) / 180),
      Math.cos((degrees * Math.PI) / 180),
    ];
    const at = (along: number, aside: number): PlanePoint => [
      along * east + aside * north,
      along * north - aside * east,
    ];
    const found = new Set(latticeCellsOf(route([at(0, 0), at(length, 0), at(-length, 0)], 25)));
    const missing: PlanePoint[] = [];
    for (let along = -length; along <= length; along += 10) {
      for (const aside of [-25, 0, 25]) {
        const point = at(along, aside);
        if (!found.has(cellAt(plane.toPosition(point), 9))) missing.push(point);
      }
    }
    expect(missing, `${degrees} degrees`).toEqual([]);
  }
});

test("a route that lies wholly in one cell overlaps that one", () => {
  const middle = plane.toPlane(cellCentre(cellAt(corner, 9)));
  const [x, y] = middle;
  const short = route(
    [
      [x - 30, y],
      [x + 30, y],
    ],
    25,
  );
  expect(latticeCellsOf(short)).toEqual([cellAt(corner, 9)]);
});

test("an area: its inside too, however far from its edges; as a route only what is near them", () => {
  const side = 2_000;
  const found = new Set(latticeCellsOf(square(side)));
  for (let x = 0; x <= side; x += 50) {
    for (let y = 0; y <= side; y += 50) {
      expect(found.has(cellAt(plane.toPosition([x, y]), 9))).toBe(true);
    }
  }
  const around = latticeCellsOf(
    route(
      [
        [0, 0],
        [side, 0],
        [side, side],
        [0, side],
        [0, 0],
      ],
      25,
    ),
  );
  expect(around).not.toContain(cellAt(plane.toPosition([side / 2, side / 2]), 9));
});

test("an area is closed where its last corner meets its first; a route is not", () => {
  const side = 2_000;
  const back = route(
    [
      [0, 0],
      [side, 0],
      [side, side],
      [0, side],
    ],
    25,
  );
  const between = cellAt(plane.toPosition([0, side / 2]), 9);
  expect(latticeCellsOf(square(side))).toContain(between);
  expect(latticeCellsOf(back)).not.toContain(between);
});

/** Points of the rim of a cell, some metres apart. */
function rimOf(cell: H3Cell): Position[] {
  const ring = cellRing(cell);
  return ring.slice(1).flatMap((to, index) => {
    const from = ring[index] ?? to;
    return Array.from({ length: 60 }, (_, step): Position => {
      const share = step / 60;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    });
  });
}
