import { describe, expect, test } from "vitest";
import { cellAt, cellCentre, disk, eventResolution, type Position } from "#core/geo/cell.ts";
import { cornersOf, mainRoads } from "#core/places/pack/main-roads.ts";
import { chooseStreets, middleCell, streetsByCell } from "#core/places/pack/pack-gazetteer.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetClass, StreetLine } from "#core/places/streets/line.ts";

/** Metres east and north of a place on the plain. */
function at([east, north]: readonly [number, number]): Position {
  return [16.5 + east / 74_000, 48.3 + north / 111_200];
}

/** Corners as "0 0, 300 0". */
function street(name: string, kind: StreetClass, corners: string): StreetLine {
  const line = corners.split(", ").map((corner) => {
    const [east = 0, north = 0] = corner.split(" ").map(Number);
    return at([east, north]);
  });
  return { name, class: kind, oneWay: 0, line };
}

const cells = disk(cellAt(at([500, 0]), eventResolution), 30);
const around = new Set(cells);
const inside = new Map(cells.map((cell) => [cell, true]));

const lines = [
  street("Long Road", "main", "0 0, 300 0, 320 0, 900 0, 1500 0"),
  // The other side of it, and a slip road.
  street("Long Road", "main", "0 20, 1500 20"),
  street("First Street", "street", "300 0, 300 600"),
  street("Mews", "street", "320 0, 320 40"),
  street("Second Street", "street", "900 0, 900 -400"),
  street("Foot Way", "path", "1500 0, 1500 300"),
];
const graph = buildGraph(lines);

describe("main roads", () => {
  test("are those of the main class, each drawn once", () => {
    const { names, pieces } = mainRoads(graph, inside, around);
    expect(names).toEqual(["Long Road"]);
    expect(pieces).toHaveLength(1);
    const xs = pieces[0]?.line.map(([lng]) => Math.round((lng - 16.5) * 74_000)) ?? [];
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 1500]);
  });

  test("are the longest named streets where no class says", () => {
    const plain = buildGraph(lines.map((line) => ({ ...line, class: "street" as const })));
    expect(mainRoads(plain, inside, around).names.slice(0, 2)).toEqual([
      "Long Road",
      "First Street",
    ]);
  });

  test("outside the command there are none", () => {
    expect(mainRoads(graph, new Map(), around).names).toEqual([]);
  });
});

test("corners are streets that meet a main road, the longer of two within 80 m, and no path", () => {
  const corners = cornersOf(graph, mainRoads(graph, inside, around), around);
  expect(corners.map(({ road, name }) => [road, name])).toEqual([
    ["Long Road", "First Street"],
    ["Long Road", "Second Street"],
  ]);
});

describe("streets by cell", () => {
  test("a cell has one at most, by a point in it, and roads that are drawn have none", () => {
    const streets = streetsByCell(graph, around, new Set(["Long Road"]));
    const held = streets.map((one) => cellAt(one.at, eventResolution));
    expect(new Set(held).size).toBe(held.length);
    expect(streets.map(({ name }) => name)).not.toContain("Long Road");
    expect(streets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["First Street", "Second Street", "Foot Way"]),
    );
  });

  test("namesakes are 600 m apart, and the next best name takes the cell", () => {
    const [one, other] = [at([0, 0]), at([200, 0])].map((place) =>
      cellCentre(cellAt(place, eventResolution)),
    );
    if (!one || !other) throw new Error("Two cells");
    const chosen = chooseStreets(
      [
        { name: "A", at: one },
        { name: "A", at: other },
        { name: "B", at: other, penalty: 60 },
      ],
      new Set([one, other].map((place) => cellAt(place, eventResolution))),
    );
    expect(chosen.map(({ name }) => name)).toHaveLength(2);
    expect(new Set(chosen.map(({ name }) => name))).toEqual(new Set(["A", "B"]));
  });
});

test("the middle of cells is one of them", () => {
  expect(middleCell(cells)).toBe(cellAt(at([500, 0]), eventResolution));
  expect(middleCell([])).toBeNull();
});
