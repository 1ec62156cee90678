import { describe, expect, test } from "vitest";
import { cellAt, cellCentre, cellRing, disk, type Position } from "#core/geo/cell.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import { createRandom } from "#core/random.ts";
import { cellsUnder } from "#server/patrols/checker/cells-on-the-way.ts";
import { planFile } from "#server/patrols/checker/stored.ts";

describe("the checker's cells under a line", () => {
  test("are those of the planner's walk, which shares no code with it", () => {
    const random = createRandom(11);
    const walk = createCellWalk();
    const place = (): Position => [-0.07 + 0.02 * random.next(), 51.61 + 0.01 * random.next()];
    for (let line = 0; line < 60; line += 1) {
      const way = Array.from({ length: 2 + random.integer(4) }, place);
      const own = cellsUnder(way as [number, number][]);
      expect([...own].sort()).toEqual([...walk(way)].sort());
    }
  });

  test("hold a corner that is cut by centimetres", () => {
    const cell = cellAt([-0.0644, 51.6147], 10);
    const [, lat] = cellCentre(cell);
    const [tipLng, tipLat] = cellRing(cell).reduce((far, one) => (one[0] > far[0] ? one : far));
    const east = tipLng + 0.01;
    const past = (by: number): [number, number][] => [
      [east, lat + 0.001],
      [tipLng + by, tipLat],
      [east, lat - 0.001],
    ];
    expect(cellsUnder(past(-1e-6)).has(cell)).toBe(true);
    expect(cellsUnder(past(1e-6)).has(cell)).toBe(false);
  });
});

test("a plan whose windows have too few ways, or a line of one place, is no plan to check", () => {
  const cells = disk(cellAt([-0.0644, 51.6147], 10), 1).slice(0, 3);
  const window = (legs: unknown) => ({
    windows: [
      {
        id: "w1",
        start: "2021-11-30T20:00:00Z",
        end: "2021-11-30T21:00:00Z",
        stops: cells.map((cell) => ({ cell })),
        legs,
      },
    ],
  });
  const line = cells.slice(0, 2).map(cellCentre);
  const fault = (legs: unknown) => planFile.safeParse(window(legs)).error?.issues[0]?.message;
  expect(fault([{ line }, { line: null, words: "", metres: 1, minutes: 1 }])).toBeUndefined();
  expect(fault(undefined)).toBeUndefined();
  expect(fault([{ line }])).toBe("a window with ways has one from each stop to the next");
  expect(fault([{ line: line.slice(0, 1) }, { line: null }])).toMatch(/>=2 items/);
});
