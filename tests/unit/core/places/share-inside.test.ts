import { area, polygon } from "@turf/turf";
import { expect, test } from "vitest";
import { cellAreaM2, cellAt, cellCentre, disk } from "#core/geo/cell.ts";
import { shareInside } from "#core/places/share-inside.ts";
import { createStudySet } from "#core/places/study-set.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const cells = disk(middle, 20);
const command = createStudySet("A disk", 10, cells);

function box(west: number, south: number, east: number, north: number) {
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { polygons: [[ring]], squareMetres: area(polygon([ring])) };
}

test("what lies within it is inside as a whole, what lies around it by its share of the ground", () => {
  const [lng, lat] = cellCentre(middle);
  const around = (half: number) => box(lng - half, lat - half, lng + half, lat + half);
  expect(shareInside(around(0.002), command)).toBe(1);
  const large = around(0.06);
  const ground = cells.length * cellAreaM2(middle);
  expect(Math.abs(shareInside(large, command) - ground / large.squareMetres)).toBeLessThan(0.02);
});

test("half in, half out is a half, to a few hundredths, whatever its size", () => {
  // The edge of a half plane: all cells west of the middle.
  const [lng, lat] = cellCentre(middle);
  const west = createStudySet(
    "West",
    10,
    disk(middle, 60).filter((cell) => cellCentre(cell)[0] < lng),
  );
  for (const half of [0.004, 0.01, 0.03]) {
    const share = shareInside(box(lng - half, lat - half / 2, lng + half, lat + half / 2), west);
    expect(Math.abs(share - 0.5), String(half)).toBeLessThan(0.06);
  }
});

test("what is too small for any centre is judged by its corners", () => {
  const [lng, lat] = cellCentre(middle);
  expect(shareInside(box(lng, lat, lng + 1e-7, lat + 1e-7), command)).toBe(1);
  expect(shareInside(box(lng + 1, lat, lng + 1 + 1e-7, lat + 1e-7), command)).toBe(0);
});
