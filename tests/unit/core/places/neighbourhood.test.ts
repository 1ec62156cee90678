import { expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/command.ts";
import { neighbourhoodArea, neighbourhoods } from "#core/places/neighbourhood.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";

const { gazetteer } = readBundledPlaces();
const study = bundledStudy();
const around = neighbourhoods(gazetteer.neighbourhoods, study);

test("every study cell is in exactly one neighbourhood", () => {
  const cells = around.flatMap((one) => one.cells);
  expect(cells.length).toBe(study.cells.length);
  expect(new Set(cells).size).toBe(study.cells.length);
});

test("each has at least 40 cells and a name and code of its own", () => {
  expect(around.length).toBeGreaterThanOrEqual(15);
  expect(Math.min(...around.map((one) => one.cells.length))).toBeGreaterThanOrEqual(40);
  expect(new Set(around.map((one) => one.code)).size).toBe(around.length);
  expect(around.map((one) => one.name)).toContain("Edmonton Green");
  expect(around.map((one) => one.name)).not.toContain("Chingford");
});

test("a place with too few cells joins the nearest one, and both names stay", () => {
  const green: Position = [-0.0607, 51.6243];
  const close: Position = [-0.0606, 51.6256];
  const merged = neighbourhoods(
    [
      { name: "Edmonton Green", at: green },
      { name: "Close by", at: close },
      { name: "Southgate", at: [-0.1278, 51.6308] },
    ],
    study,
    4_000,
  );
  expect(merged.map((one) => one.name)).toEqual(["Close by and Edmonton Green", "Southgate"]);
  expect(merged.reduce((sum, one) => sum + one.cells.length, 0)).toBe(study.cells.length);
});

test("its outline holds the centres of exactly its cells", () => {
  for (const one of around.slice(0, 4)) {
    expect(cellsInside([neighbourhoodArea(one)], 10)).toEqual(one.cells);
  }
});

test("places outside the study set alone make no neighbourhood", () => {
  expect(() => neighbourhoods([{ name: "Cheshunt", at: [-0.03, 51.7] }], study)).toThrow("lies in");
});
