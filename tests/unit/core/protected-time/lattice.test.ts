import { describe, expect, test } from "vitest";
import {
  cellAreaM2,
  cellAt,
  cellCentre,
  cellRing,
  childCells,
  disk,
  type H3Cell,
  type Position,
  parentCell,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import type { Outline } from "#core/protected-time/ground.ts";
import {
  holdsPoint,
  isSamePlace,
  isWider,
  type LatticePlace,
  latticeCellsOf,
  radiusClassOf,
  readLatticePlace,
  snapToLattice,
} from "#core/protected-time/lattice.ts";
import { mostLatticeCells } from "#core/protected-time/settings.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { beside } from "#tests/support/hunt/hatch-attack.ts";
import { corner } from "#tests/support/outreach.ts";

const cell = cellAt(corner, 9);
const circle = { kind: "circle", at: corner, radiusM: 150 } as const;
const route: Outline = {
  kind: "corridor",
  corners: [corner, [-0.0622, 51.6203], [-0.0601, 51.6271]],
  halfWidthM: 50,
};

describe("snapping", () => {
  test("a circle becomes the cell of 9.4 ha that it lies in, or the seven of 66 ha under its parent, and a class", () => {
    expect(snapToLattice(circle)).toEqual({ kind: "circle", lattice: [cell], classM: 150 });
    const wide = snapToLattice({ ...circle, radiusM: 151 }, true);
    const seven = sortCells(childCells(parentCell(cell, 8), 9));
    expect(wide).toEqual({ kind: "circle", lattice: seven, classM: 200 });
    expect([isWider(snapToLattice(circle)), isWider(wide)]).toEqual([false, true]);
    expect(cellAreaM2(cell) / 10_000).toBeCloseTo(9.4, 1);
    const ha = seven.reduce((sum, one) => sum + cellAreaM2(one), 0) / 10_000;
    expect(ha).toBeCloseTo(66, 0);
  });

  test("a radius is rounded up to its class", () => {
    expect([1, 100, 101, 150, 151, 200, 201, 300, 301, 400].map(radiusClassOf)).toEqual([
      100, 100, 150, 150, 200, 200, 300, 300, 400, 400,
    ]);
    expect(() => radiusClassOf(401)).toThrow(/up to 400/);
    expect(() => radiusClassOf(Number.NaN)).toThrow(RangeError);
  });

  test("a route of more than 800 m becomes the cells that it overlaps, of class 100, every parent of two of them whole", () => {
    const snapped = snapToLattice(route, true);
    const overlapped = latticeCellsOf(route);
    const isTwice = (one: H3Cell) =>
      overlapped.filter((other) => parentCell(other, 8) === parentCell(one, 8)).length > 1;
    const whole = overlapped.filter(isTwice).flatMap((one) => childCells(parentCell(one, 8), 9));
    const lattice = sortCells(new Set([...overlapped, ...whole]));
    expect(snapped).toEqual({ kind: "corridor", lattice, classM: 100 });
    expect(lattice.length).toBeGreaterThan(overlapped.length);
    expect(isWider(snapped)).toBe(false);
  });

  test("what a circle of 400 m holds is that circle, by how large it is and where its middle is alone", () => {
    const at = (east: number, north: number) => beside(corner, [east, north]);
    const square = (side: number): Outline => ({
      kind: "area",
      corners: [at(0, 0), at(side, 0), at(side, side), at(0, side)],
    });
    const middle = (side: number, radiusM: number) =>
      snapToLattice({ kind: "circle", at: at(side / 2, side / 2), radiusM });
    expect(snapToLattice(square(60))).toEqual(middle(60, 100));
    expect(snapToLattice(square(200), true)).toEqual(middle(200, 150));
    expect(snapToLattice(square(560))).toEqual(middle(560, 400));
    expect(snapToLattice(square(570)).kind).toBe("area");
    const way = (length: number, halfWidthM: number): Outline => ({
      kind: "corridor",
      corners: [at(0, 0), at(length, 0)],
      halfWidthM,
    });
    expect(snapToLattice(way(120, 40))).toEqual(
      snapToLattice({ kind: "circle", at: at(60, 0), radiusM: 100 }),
    );
    expect(snapToLattice(way(600, 90)).kind).toBe("circle");
    expect(snapToLattice(way(600, 110)).kind).toBe("corridor");
  });

  test("saved again, a tap that missed by 20 m keeps the cell, of every class; one that missed by more does not", () => {
    const [x, y] = cellRing(cell)[0] as Position;
    const [midX, midY] = cellCentre(cell);
    const plane = createPlane(corner);
    const off = (metres: number): Position => {
      const [east, north] = plane.toPlane([x, y]);
      const [cx, cy] = plane.toPlane([midX, midY]);
      const long = Math.hypot(east - cx, north - cy);
      return plane.toPosition([
        east + ((east - cx) / long) * metres,
        north + ((north - cy) / long) * metres,
      ]);
    };
    const saved = [snapToLattice(circle)];
    const again = (at: Position, radiusM: number, isWide = false) =>
      snapToLattice({ kind: "circle", at, radiusM }, isWide, saved).lattice;
    for (const radiusM of [100, 150, 400]) {
      expect(again(off(20), radiusM)).toEqual([cell]);
      expect(again(off(20), radiusM, true)).toEqual(sortCells(childCells(parentCell(cell, 8), 9)));
      expect(again(off(30), radiusM)).toEqual([cellAt(off(30), 9)]);
    }
    expect(cellAt(off(20), 9)).not.toBe(cell);
  });

  test("an outline drawn again keeps its cells where it overlaps no others and comes near to all", () => {
    const saved = [snapToLattice(route)];
    const drawn = { ...route, halfWidthM: 40 } as Outline;
    expect(snapToLattice(drawn, false, saved)).toEqual(saved[0]);
    const longer = { ...route, corners: [...route.corners, [-0.058, 51.63]] } as Outline;
    expect(snapToLattice(longer, false, saved)).toEqual(snapToLattice(longer));
    // Clearly smaller: it is what its partner wants.
    const wholeMap = { ...saved[0], lattice: sortCells(disk(cell, 6)) } as LatticePlace;
    expect(snapToLattice(route, false, [wholeMap])).toEqual(saved[0]);
  });

  test("what holds a point, and what is the same to everyone else", () => {
    const place = snapToLattice(circle);
    expect(holdsPoint(place, corner)).toBe(true);
    expect(holdsPoint(place, cellCentre(cell))).toBe(true);
    expect(holdsPoint(place, cellCentre(disk(cell, 1)[1] as H3Cell))).toBe(false);
    expect(holdsPoint({ kind: "circle", lattice: [] }, corner)).toBe(false);
    expect(holdsPoint(snapToLattice(circle, true), cellCentre(cell))).toBe(true);
    expect(
      isSamePlace(place, snapToLattice({ ...circle, at: cellCentre(cell), radiusM: 120 })),
    ).toBe(true);
    expect(isSamePlace(place, { ...place, classM: 200 })).toBe(false);
    expect(isSamePlace(place, snapToLattice(circle, true))).toBe(false);
    expect(isSamePlace(place, { ...place, kind: "area" })).toBe(false);
    // One from before the lattice is the same as none.
    expect(isSamePlace(place, { kind: "circle", lattice: [], classM: null })).toBe(false);
  });
});

describe("what somebody sent as a place", () => {
  const reasonOf = (part: Partial<Record<keyof LatticePlace, unknown>>) => {
    const given = { kind: "circle", lattice: [cell], classM: 150, ...part } as LatticePlace;
    const read = readLatticePlace(given, bundledGround());
    return read.ok ? "" : read.reason;
  };

  test("is taken sorted and each cell once, where some ground snaps to it", () => {
    const place = snapToLattice(route);
    const mixed = [...place.lattice, ...place.lattice.slice(0, 2)].reverse();
    expect(readLatticePlace({ ...place, lattice: mixed }, bundledGround())).toEqual({
      ok: true,
      value: place,
    });
    const wide = snapToLattice(circle, true);
    expect(readLatticePlace(wide, bundledGround())).toEqual({ ok: true, value: wide });
  });

  test("as a page from before an update sends it, it is taken as what was stored then", () => {
    const parent = parentCell(cell, 8);
    const seven = sortCells(childCells(parent, 9));
    const read = (kind: "circle" | "area", lattice: readonly H3Cell[]) =>
      readLatticePlace({ kind, lattice, classM: 100 }, bundledGround());
    const taken = (kind: "circle" | "area", lattice: readonly H3Cell[]) => ({
      ok: true,
      value: { kind, lattice, classM: 100 },
    });
    expect(read("circle", [parent])).toEqual(taken("circle", seven));
    expect(read("area", seven.slice(2, 4))).toEqual(taken("area", seven));
  });

  test("is refused in words where it is none", () => {
    const classes = "How far around it is kept clear must be one of 100, 150, 200, 300, 400 m.";
    for (const classM of [0, 99, 120, 500, Number.NaN]) expect(reasonOf({ classM })).toBe(classes);
    expect(reasonOf({ kind: "area", classM: 150 })).toBe(
      "How far around it is kept clear must be 100 m.",
    );
    const none = "is not a cell that a place is saved by";
    expect(reasonOf({ lattice: ["x"] })).toContain(`"x" ${none}`);
    expect(reasonOf({ lattice: [cellAt(corner, 10)] })).toContain(none);
    expect(reasonOf({ lattice: [parentCell(cell, 7)] })).toContain(none);
    expect(reasonOf({ kind: "area", classM: 100, lattice: [cellAt(corner, 8)] })).toContain(none);
    expect(reasonOf({ lattice: ["x".repeat(900)] }).length).toBeLessThan(100);
    const one = "A place lies in one cell, or in all seven under one parent.";
    expect(reasonOf({ lattice: [cell, disk(cell, 1)[1]] })).toBe(one);
    expect(reasonOf({ lattice: childCells(parentCell(cell, 8), 9).slice(1) })).toBe(one);
    expect(reasonOf({ lattice: [] })).toBe("It has no cells.");
    expect(reasonOf({ kind: "area", classM: 100, lattice: [] })).toBe("It has no cells.");
    expect(reasonOf({ lattice: [cellAt([2.35, 48.85], 9)] })).toContain("far outside the area");
    const many = [...new Set(disk(cell, 5).map((one) => parentCell(one, 8)))]
      .flatMap((parent) => childCells(parent, 9))
      .slice(0, mostLatticeCells - (mostLatticeCells % 7));
    expect(reasonOf({ kind: "area", classM: 100, lattice: many })).toBe("");
    expect(reasonOf({ kind: "area", classM: 100, lattice: disk(cell, 9) })).toContain(
      "more than 250 cells",
    );
  });
});
