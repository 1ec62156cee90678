import { expect, test } from "vitest";
import { cellCentre, packCells, parentCell } from "#core/geo/cell.ts";
import { cellsInside, commandStudySet, unpackedCommand } from "#core/places/command.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

const { areas } = readBundledPlaces();
const study = commandStudySet(areas);

test("the command has 8,304 cells, within 0.1% of the 8,301 of the full-resolution line", () => {
  expect(study.cells.length).toBe(8_304);
  expect(Math.abs(study.cells.length / 8_301 - 1)).toBeLessThan(0.001);
  expect(study.name).toBe("Enfield and Haringey");
});

test("packed it is a fifth as long, and unpacked the same set", () => {
  const command = packCells(study.cells);
  expect(command.length).toBeLessThan(study.cells.length / 4);
  const again = unpackedCommand({ name: study.name, command });
  expect(again.name).toBe(study.name);
  expect(again.cells).toEqual(study.cells);
  expect(again.offsets).toEqual(study.offsets);
  expect(again.targets).toEqual(study.targets);
});

test("a cell belongs by its centre alone", () => {
  const boroughs = areas.filter((area) => area.inCommand);
  const rings = boroughs.flatMap((area) => area.polygons.flat());
  for (const cell of study.cells.filter((_, index) => index % 50 === 0)) {
    const inside = rings.filter((ring) => isInside(cellCentre(cell), ring)).length % 2 === 1;
    expect(inside).toBe(true);
  }
});

test("its parents reach over the boundary, where a fresh fill loses cells", () => {
  for (const resolution of [9, 8]) {
    const parents = parentStudySet(study, resolution);
    const fresh = new Set(
      cellsInside(
        areas.filter((area) => area.inCommand),
        resolution,
      ),
    );
    const lost = study.cells.filter((cell) => !fresh.has(parentCell(cell, resolution)));
    expect(parents.cells.length).toBeGreaterThan(fresh.size);
    expect(lost.length).toBeGreaterThan(100);
    expect(study.cells.every((cell) => parents.indexOf.has(parentCell(cell, resolution)))).toBe(
      true,
    );
  }
});

test("without a borough of the command there is no study set", () => {
  expect(() => commandStudySet(areas.filter((area) => !area.inCommand))).toThrow(
    "is a borough of the area",
  );
});

/** Even-odd rule, written here so that the fill is checked by other code. */
function isInside(
  [x, y]: readonly [number, number],
  ring: readonly (readonly [number, number])[],
): boolean {
  let inside = false;
  ring.forEach(([x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
