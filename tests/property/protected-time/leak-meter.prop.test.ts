import { expect, test } from "vitest";
import {
  cellAreaM2,
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  type Position,
  sortCells,
} from "#core/geo/cell.ts";
import { grownCells } from "#core/geo/grown-cells.ts";
import { createPlane } from "#core/geo/plane.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { Ground } from "#core/protected-time/ground.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import { toldBy } from "#core/protected-time/leak-meter.ts";
import { createRandom } from "#core/random.ts";

const { toPlane, toPosition } = createPlane([-0.0614, 51.6245]);
const { next } = createRandom(31);
const somewhere = (sideM: number): Position =>
  toPosition([(next() - 0.5) * sideM, (next() - 0.5) * sideM]);
const merged = (footprints: readonly (readonly H3Cell[])[]) =>
  sortCells(new Set(footprints.flat()));

/** All of one moment: one to six venues within some streets or over a district. */
function drawnWorld() {
  const sideM = 600 + 3_000 * next();
  const venues = Array.from({ length: 1 + Math.floor(6 * next()) }, () => {
    const ground: Ground = { kind: "circle", at: somewhere(sideM), radiusM: 30 + next() * 370 };
    return { at: ground.at, place: snapToLattice(ground, next() < 0.2) };
  });
  return { venues, picture: merged(venues.map(({ place }) => footprintOf(place))) };
}

test("SAFEGUARDS 5: 210 venues: where a venue is told to be there is one, and never less than a lattice cell is told", () => {
  let held = 0;
  for (let world = 0; world < 60; world += 1) {
    const { venues, picture } = drawnWorld();
    const told = toldBy(picture);
    const own = venues.map(({ at }) => cellAt(at, 9));
    if (told?.within.some((cell) => own.includes(cell))) held += 1;
    expect(told?.toldM2).toBeGreaterThanOrEqual((told?.allowedM2 ?? Infinity) - 1);
  }
  expect(held).toBeGreaterThanOrEqual(57);
});

test("SAFEGUARDS 5: one venue alone is told to its lattice cell, one saved wider to its seven", () => {
  const ground: Ground = { kind: "circle", at: somewhere(1_000), radiusM: 200 };
  const [usual, wider] = [snapToLattice(ground), snapToLattice(ground, true)];
  for (const place of [usual, wider]) {
    expect(toldBy(footprintOf(place))?.within.toSorted()).toEqual(place.lattice);
  }
});

const at = somewhere(1_000);
const own = cellAt(at, 9);
const whole = footprintOf({ lattice: [own], classM: 150 });
/** What was drawn once, or would be by a mistake. */
const planted: readonly (readonly [string, readonly H3Cell[], number])[] = [
  ["a circle around a point of 300 m", circleAround(at, 300), 1],
  ["the outline of the larger cell", grownCells([cellAt(at, 8)], 150, 1), 0],
  ["a hatch without its ring", grownCells([own], 150, 0), 1],
  ["a hatch that lost a corner", whole.slice(3), 0],
];

test.each(planted)("SAFEGUARDS 5: a planted leak is found: %s", (_name, hatch, mostHa) => {
  const beside = footprintOf({ lattice: [cellAt(toPosition([6_000, 0]), 9)], classM: 100 });
  const told = toldBy(merged([hatch, beside]));
  expect(told?.within).toEqual([]);
  expect((told?.toldM2 ?? Infinity) / 10_000).toBeLessThanOrEqual(mostHa);
});

test("SAFEGUARDS 5: the area that a circle tells holds its middle", () => {
  const told = toldBy(circleAround(at, 300));
  expect(told?.toldM2).toBeGreaterThan(0);
  expect(told?.toldM2).toBeLessThan(cellAreaM2(own) / 10);
});

/** Every cell whose centre is near enough, as a rougher drawing would do. */
function circleAround(middle: Position, radiusM: number): H3Cell[] {
  const [x, y] = toPlane(middle);
  const small = disk(cellAt(middle, 13), 60).filter((cell) => {
    const [east, north] = toPlane(cellCentre(cell));
    return Math.hypot(east - x, north - y) <= radiusM;
  });
  const touched = new Set(small.map((cell) => cellAt(cellCentre(cell), 10)));
  return sortCells(new Set([...touched].flatMap((cell) => disk(cell, 1))));
}
