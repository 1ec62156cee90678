import { expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { createSmoother } from "#core/hotspots/surface.ts";
import { surfaceGround } from "#core/hotspots/surface-ground.ts";
import { surfaceMetres } from "#core/hotspots/surface-words.ts";
import { createStudySet } from "#core/places/study-set.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const study = createStudySet("here", 10, disk(middle, 14));
const smooth = createSmoother(surfaceGround(study));

const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value), 0);

test("one event far from the edge peaks at 3 over pi h squared, per square kilometre", () => {
  const weights = study.cells.map((cell) => (cell === middle ? 1 : 0));
  const peak = 3 / (Math.PI * (surfaceMetres / 1000) ** 2);
  const found = largest(smooth(weights).density);
  expect(found).toBeGreaterThan(peak * 0.97);
  expect(found).toBeLessThanOrEqual(peak * 1.01);
});

test("the surface holds as many events as there are", () => {
  const weights = study.cells.map((cell) => (cell === middle ? 5 : 0));
  const { density, width, height } = smooth(weights);
  const inside = density.filter((value) => value >= 0);
  const areaKm2 = (study.cells.length * 0.013422) / inside.length;
  expect(width * height).toBe(density.length);
  const held = inside.reduce((sum, value) => sum + value, 0) * areaKm2;
  // Pixels at the rim reach a little over it.
  expect(Math.abs(held / 5 - 1)).toBeLessThan(0.03);
});

test("an even spread is even to the very edge: no sinking at the boundary", () => {
  const { density } = smooth(study.cells.map(() => 1));
  const inside = density.filter((value) => value >= 0);
  const even = 1 / 0.013422;
  for (const value of inside) expect(Math.abs(value / even - 1)).toBeLessThan(0.06);
});

test("outside the study area nothing is said, and without events it is flat and never NaN", () => {
  const { density } = smooth(study.cells.map(() => 0));
  expect(new Set(density)).toEqual(new Set([0, -1]));
});
