import { expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { minutesByCell } from "#core/hotspots/dose.ts";
import { createStudySet, parentStudySet } from "#core/places/study-set.ts";
import { dayMs } from "#core/time/zone.ts";

test("patrol minutes are those of the chosen dates, days and area, at every cell size", () => {
  const cell = cellAt([-0.0631, 51.6179], 10);
  const finest = createStudySet("here", 10, disk(cell, 5));
  const day = (date: string) => Date.parse(date) / dayMs;
  const dose = {
    cells: [cell, cellAt([0.2, 51.6], 10)],
    cell: [0, 0, 0, 1],
    // Friday, Saturday, a later Friday, a Friday somewhere else.
    day: [day("2021-11-05"), day("2021-11-06"), day("2021-12-03"), day("2021-11-05")],
    minutes: [30, 15, 60, 90],
  };
  const total = (days: readonly number[], study = finest) =>
    minutesByCell(dose, study, finest, { from: "2021-11-05", to: "2021-11-30", days }).reduce(
      (sum, minutes) => sum + minutes,
      0,
    );
  expect(total([0, 1, 2, 3, 4, 5, 6])).toBe(45);
  expect(total([4])).toBe(30);
  expect(total([4], parentStudySet(finest, 9))).toBe(30);
  expect(total([])).toBe(0);
});
