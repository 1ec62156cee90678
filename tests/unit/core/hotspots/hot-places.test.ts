import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { degreeOf, neighbourSums } from "#core/stats/neighbours.ts";
import { bundledStudy } from "#tests/support/bundled-places.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

const file = "police_uk/2012-2019-street-burglary.csv.gz";

/** Said by a test that is skipped for want of it. */
const noBurglaries = hasSharedFile(file) ? null : `(skipped: ${sharedFile(file)} is not there)`;

/** Published burglaries by year, each in the cells of a study set. */
function burglariesByYear(study: StudySet): ReadonlyMap<number, Int32Array> {
  const years = new Map<number, Int32Array>();
  for (const line of gunzipSync(readFileSync(sharedFile(file)))
    .toString()
    .trim()
    .split("\n")) {
    const [month = "", longitude, latitude] = line.split(",");
    const year = Number(month.slice(0, 4));
    if (!year) continue;
    const cell: H3Cell = cellAt([Number(longitude), Number(latitude)], study.resolution);
    const index = study.indexOf.get(cell);
    const counts = years.get(year) ?? new Int32Array(study.cells.length);
    years.set(year, counts);
    if (index !== undefined) counts[index] = (counts[index] as number) + 1;
  }
  return years;
}

const study = bundledStudy();
const cells = study.cells.map((_, cell) => cell);
const empty = () => new Int32Array(study.cells.length);
const sumOf = (counts: ArrayLike<number>, of: readonly number[]) =>
  of.reduce((sum, cell) => sum + (counts[cell] as number), 0);
const hotIn = (counts: Int32Array) => {
  const { hot } = testCells(counts, study);
  return cells.filter((cell) => hot[cell] === 1);
};
/** A cell with all six around it. */
const inside = cells.find((cell) => degreeOf(study, cell) === 6) as number;

test("one cell with a thousand events is hot, and those around it are beside it", () => {
  const counts = empty();
  const around = [...study.targets.subarray(study.offsets[inside], study.offsets[inside + 1])];
  counts[inside] = 1_000;
  for (const cell of around.slice(3)) counts[cell] = 1;
  const { hot, beside, by, hotCells } = testCells(counts, study);
  expect([hot[inside], by[inside], hotCells]).toEqual([1, "own", 1]);
  expect(hotIn(counts)).toEqual([inside]);
  expect(around.map((cell) => beside[cell])).toEqual([1, 1, 1, 1, 1, 1]);
});

/** Eight years as they were and two drawn ones; ten drawn ones where the published file is not there. */
function tenYears(): readonly Int32Array[] {
  const real = noBurglaries === null ? [...burglariesByYear(study).values()] : [];
  const drawn = Array.from({ length: 10 - real.length }, (_, year) => {
    const random = createRandom(year + 1);
    const counts = empty();
    for (let event = 0; event < 6_000; event += 1) {
      const at = Math.floor(random.next() ** 3 * cells.length);
      counts[at] = (counts[at] as number) + 1;
    }
    return counts;
  });
  return [...real, ...drawn];
}

describe("five hundred more in one cell of a year", () => {
  test("are hot, and put out no mark but those at the very limit", () => {
    const random = createRandom(3);
    for (const counts of tenYears()) {
      const before = testCells(counts, study);
      const planted = counts.slice();
      const at = random.integer(cells.length);
      planted[at] = (planted[at] as number) + 500;
      const after = testCells(planted, study);
      expect([after.hot[at], after.by[at]]).toEqual([1, "own"]);
      // More events in all let an even spread give every cell more: no p but those around it falls.
      const around = new Set([
        at,
        ...study.targets.subarray(study.offsets[at], study.offsets[at + 1]),
      ]);
      const others = cells.filter((cell) => !around.has(cell));
      expect(others.every((cell) => (after.p[cell] ?? 0) >= (before.p[cell] ?? 0))).toBe(true);
      // So the last marks go, though never one that stood at less than half of the limit.
      const gone = others.filter(
        (cell) => before.hot[cell] === 1 && after.hot[cell] === 0 && (before.q[cell] ?? 1) <= 0.025,
      );
      expect(gone.filter((cell) => before.p[cell] === 2 * (before.ownP[cell] ?? 1))).toEqual([]);
      // What stood through what lies around it may now be told as beside its hotspot.
      expect(gone.filter((cell) => after.beside[cell] === 0)).toEqual([]);
    }
  });
});

describe.skipIf(noBurglaries !== null)(`published burglaries ${noBurglaries ?? ""}`, () => {
  const firstYear = 2012;
  const all = noBurglaries === null ? burglariesByYear(study) : new Map<number, Int32Array>();
  const years = Array.from({ length: 8 }, (_, at) => firstYear + at);
  const inYear = (year: number) => all.get(year) as Int32Array;

  test.each(years)("every cell with ten or more in %i is hot", (year) => {
    const { hot } = testCells(inYear(year), study);
    const busy = cells.filter((cell) => (inYear(year)[cell] as number) >= 10);
    expect(busy.length).toBeGreaterThan(10);
    expect(busy.filter((cell) => hot[cell] === 0)).toEqual([]);
  });

  test.each(years)("most hot cells of %i have an excess of their own", (year) => {
    const { hot, ownP } = testCells(inYear(year), study);
    const marks = cells.filter((cell) => hot[cell] === 1);
    expect(marks.length).toBeGreaterThan(300);
    // Without forward selection three in ten have none.
    expect(marks.filter((cell) => (ownP[cell] ?? 1) > 0.05).length).toBeLessThan(marks.length / 5);
  });

  test.each(years.slice(0, -1))(
    "the hot cells of %i hold nine tenths of what as many by count hold a year later",
    (year) => {
      const [counts, next] = [inYear(year), inYear(year + 1)];
      const hot = hotIn(counts);
      expect(sumOf(next, hot)).toBeGreaterThan(0.9 * sumOf(next, busiest(counts, hot.length)));
    },
  );

  /** By count; ties by what lies around them. */
  function busiest(counts: Int32Array, number: number): number[] {
    const around = neighbourSums(counts, study);
    const of = (values: ArrayLike<number>, cell: number) => values[cell] as number;
    return cells
      .toSorted((a, b) => of(counts, b) - of(counts, a) || of(around, b) - of(around, a))
      .slice(0, number);
  }
});
