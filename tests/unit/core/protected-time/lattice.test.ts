import { describe, expect, test } from "vitest";
import {
  cellAreaM2,
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  parentCell,
  sortCells,
} from "#core/geo/cell.ts";
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
import { corner } from "#tests/support/outreach.ts";

const cell = cellAt(corner, 9);
const circle = { kind: "circle", at: corner, radiusM: 150 } as const;
const route: Outline = {
  kind: "corridor",
  corners: [corner, [-0.0622, 51.6203], [-0.0601, 51.6241]],
  halfWidthM: 50,
};

describe("snapping", () => {
  test("a circle becomes the cell of 9.4 ha that it lies in, or that of 66 ha, and a class", () => {
    expect(snapToLattice(circle)).toEqual({ kind: "circle", lattice: [cell], classM: 150 });
    const wide = snapToLattice({ ...circle, radiusM: 151 }, true);
    expect(wide).toEqual({ kind: "circle", lattice: [cellAt(corner, 8)], classM: 200 });
    expect([isWider(snapToLattice(circle)), isWider(wide)]).toEqual([false, true]);
    expect(cellAreaM2(cell) / 10_000).toBeCloseTo(9.4, 1);
    expect(cellAreaM2(cellAt(corner, 8)) / 10_000).toBeCloseTo(66, 0);
  });

  test("a radius is rounded up to its class", () => {
    expect([1, 100, 101, 150, 151, 200, 201, 300, 301, 400].map(radiusClassOf)).toEqual([
      100, 100, 150, 150, 200, 200, 300, 300, 400, 400,
    ]);
    expect(() => radiusClassOf(401)).toThrow(/up to 400/);
    expect(() => radiusClassOf(Number.NaN)).toThrow(RangeError);
  });

  test("an area or a route becomes the cells that it overlaps, of class 100, sorted", () => {
    const snapped = snapToLattice(route, true);
    expect(snapped).toEqual({
      kind: "corridor",
      lattice: sortCells(latticeCellsOf(route)),
      classM: 100,
    });
    expect(isWider(snapped)).toBe(false);
  });

  test("what holds a point, and what is the same to everyone else", () => {
    const place = snapToLattice(circle);
    expect(holdsPoint(place, corner)).toBe(true);
    expect(holdsPoint(place, cellCentre(cell))).toBe(true);
    expect(holdsPoint(place, cellCentre(disk(cell, 1)[1] as H3Cell))).toBe(false);
    expect(holdsPoint({ lattice: [] }, corner)).toBe(false);
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
    expect(readLatticePlace(snapToLattice(circle, true), bundledGround()).ok).toBe(true);
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
    expect(reasonOf({ lattice: [cell, disk(cell, 1)[1]] })).toBe(
      "A place lies in one cell, not in more.",
    );
    expect(reasonOf({ lattice: [] })).toBe("A place lies in one cell, not in more.");
    expect(reasonOf({ kind: "area", classM: 100, lattice: [] })).toBe("It has no cells.");
    expect(reasonOf({ lattice: [cellAt([2.35, 48.85], 9)] })).toContain("far outside the area");
    const many = disk(cell, 9).slice(0, mostLatticeCells);
    expect(reasonOf({ kind: "area", classM: 100, lattice: many })).toBe("");
    expect(reasonOf({ kind: "area", classM: 100, lattice: disk(cell, 9) })).toContain(
      "more than 250 cells",
    );
  });
});
