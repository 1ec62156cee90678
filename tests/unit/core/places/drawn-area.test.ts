import { expect, test } from "vitest";
import { cellAt, type Position } from "#core/geo/cell.ts";
import {
  circleAround,
  drawnStudySet,
  formatDrawn,
  mostCorners,
  parseDrawn,
} from "#core/places/drawn-area.ts";
import { bundledStudy } from "#tests/support/bundled-places.ts";

const command = bundledStudy();
const fore: Position = [-0.0631, 51.6179];

test("what is written is read again, to ten metres", () => {
  const written = formatDrawn(circleAround(fore, 500));
  const read = parseDrawn(written) ?? [];
  expect(read).toHaveLength(24);
  expect(formatDrawn(read)).toBe(written);
});

test("a line of a thousand points is thinned and still the same ground", () => {
  const many = formatDrawn(circleAround(fore, 900, 1000));
  const corners = parseDrawn(many) ?? [];
  expect(corners.length).toBeLessThanOrEqual(mostCorners);
  const one = drawnStudySet(corners, command).cells.length;
  const other = drawnStudySet(circleAround(fore, 900, 1000), command).cells.length;
  expect(Math.abs(one / other - 1)).toBeLessThan(0.02);
});

test("its cells are those whose centre lies inside; it ends where the command ends", () => {
  const study = drawnStudySet(circleAround(fore, 500), command);
  // A circle of 500 m holds about 58 cells of 13,422 square metres.
  expect(study.cells.length).toBeGreaterThan(50);
  expect(study.cells.length).toBeLessThan(66);
  expect(study.indexOf.has(cellAt(fore, 10))).toBe(true);
  expect(study.cells.every((cell) => command.indexOf.has(cell))).toBe(true);
  const most = study.offsets.reduce((top, at, index) => {
    return Math.max(top, (study.offsets[index + 1] ?? at) - at);
  }, 0);
  expect(most).toBe(6);
});

test("an area beyond the command, or between the centres, has no cell", () => {
  expect(drawnStudySet(circleAround([2, 48], 500), command).cells).toEqual([]);
  expect(drawnStudySet(circleAround([-0.0635, 51.6183], 3), command).cells.length).toBeLessThan(2);
});

test("a line that crosses itself is read by the even-odd rule and never fails", () => {
  const [lng, lat] = fore;
  const bow: Position[] = [
    [lng - 0.01, lat - 0.006],
    [lng + 0.01, lat + 0.006],
    [lng + 0.01, lat - 0.006],
    [lng - 0.01, lat + 0.006],
  ];
  const study = drawnStudySet(bow, command);
  expect(study.cells.length).toBeGreaterThan(10);
  expect(study.indexOf.has(cellAt([lng, lat + 0.005], 10))).toBe(false);
});

test("nothing else is taken for a drawn area", () => {
  for (const wrong of [
    "",
    "ward:Upper Edmonton",
    "drawn:",
    "drawn:1,2,3,4",
    "drawn:1,2,3,4,5",
    "drawn:1,2,3,4,5,x",
    "drawn:1,2,3,4,5,NaN",
    "drawn:1e9,2,3,4,5,6",
    "drawn:181,2,3,4,5,6",
    "drawn:1,91,3,4,5,6",
    `drawn:${Array.from({ length: 2 * mostCorners + 2 }, () => "1").join(",")}`,
  ]) {
    expect(parseDrawn(wrong)).toBeNull();
  }
});
