import { describe, expect, test } from "vitest";
import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  eventResolution,
  type H3Cell,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { cellsBeside, snapToLattice } from "#core/protected-time/lattice.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";
import { createRandom } from "#core/random.ts";
import { corner } from "#tests/support/outreach.ts";

const cell = cellAt(corner, 9);

test("a footprint has as many cells as was measured, by class and by whether it is wider", () => {
  const sizes = (lattice: readonly H3Cell[]) =>
    radiusClassesM.map((classM) => footprintOf({ lattice, classM }).length);
  expect(sizes([cell])).toEqual([55, 61, 79, 105, 137]);
  expect(sizes(cellsBeside(cell))).toEqual([145, 157, 187, 225, 271]);
});

describe.each([
  ["a lattice cell", [cell]],
  ["those beside it too", cellsBeside(cell)],
])("the footprint of %s", (_name, lattice) => {
  const plane = createPlane(cellCentre(cell));
  const rings = lattice.map((one) => cellRing(one).map(plane.toPlane));
  // Measured another way: by many points of each cell instead of side by side.
  const distance = (one: H3Cell) =>
    Math.min(
      ...pointsOf(one).map((point) =>
        lattice.includes(cellAt(point, 9))
          ? 0
          : Math.min(...rings.map((ring) => locateOnLine(plane.toPlane(point), ring).distance)),
      ),
    );
  const around = disk(cellAt(cellCentre(cell), eventResolution), 14);
  // The same for every class, and most of the work.
  const measured = new Map(around.map((one) => [one, distance(one)]));
  const apart = (one: H3Cell) => measured.get(one) ?? distance(one);

  test.each(radiusClassesM)(
    "within %i m: all that overlaps the grown cell, one ring around it, and no more",
    (classM) => {
      const held = new Set(footprintOf({ lattice, classM }));
      const cover = new Set(around.filter((one) => apart(one) <= classM));
      const ringed = new Set([...cover].flatMap((one) => disk(one, 1)));
      expect([...ringed].filter((one) => !held.has(one))).toEqual([]);
      // Beyond them lies what only comes near between two of the points.
      const beyond = [...held].filter((one) => !ringed.has(one));
      const isNear = (one: H3Cell) => disk(one, 1).some((next) => apart(next) <= classM + 2);
      expect(beyond.filter((one) => !isNear(one))).toEqual([]);
    },
  );
});

test("several lattice cells close what each of them closes", () => {
  const lattice = disk(cell, 1);
  const together = footprintOf({ lattice, classM: 100 });
  const apart = lattice.flatMap((one) => footprintOf({ lattice: [one], classM: 100 }));
  expect(together).toEqual(sortCells(new Set(apart)));
});

test("every venue of a lattice cell has the same footprint, every class a larger one", () => {
  const at = cellRing(cell)[0] ?? corner;
  // A hair inside its corner, and its middle.
  const [lng, lat] = cellCentre(cell);
  const nearCorner = [lng + (at[0] - lng) * 0.999, lat + (at[1] - lat) * 0.999] as const;
  const of = (spot: readonly [number, number], radiusM: number) =>
    footprintOf(snapToLattice({ kind: "circle", at: spot, radiusM }));
  expect(of(nearCorner, 150)).toEqual(of([lng, lat], 101));
  for (const [index, classM] of radiusClassesM.entries()) {
    const next = radiusClassesM[index + 1];
    if (next !== undefined) {
      expect(of(corner, next)).toEqual(expect.arrayContaining(of(corner, classM)));
    }
  }
});

test("cells sort as text and as numbers alike", () => {
  const mixed = createRandom(9).shuffle([...disk(cellAt(corner, eventResolution), 20)]);
  const byNumber = [...mixed].sort((a, b) => (BigInt(`0x${a}`) < BigInt(`0x${b}`) ? -1 : 1));
  expect(sortCells(mixed)).toEqual(byNumber);
});

/** The middle of a cell, and points of its rim six metres apart. */
function pointsOf(one: H3Cell): (readonly [number, number])[] {
  const ring = cellRing(one);
  const rim = ring.slice(1).flatMap((to, index) => {
    const from = ring[index] ?? to;
    return Array.from({ length: 12 }, (_, step) => {
      const share = step / 12;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])] as const;
    });
  });
  return [cellCentre(one), ...rim];
}
