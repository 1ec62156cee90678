import { expect, test } from "vitest";
import { cellAreaM2, cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { changeByCell } from "#core/hotspots/change.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import { type Hotspot, rankHotspots } from "#core/hotspots/rank.ts";
import { describeTest, testCells } from "#core/hotspots/test-cells.ts";
import type { Measure } from "#core/hotspots/wire/hotspots.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { eTest } from "#core/stats/two-counts.ts";

const home = cellAt([-0.0634, 51.6255], 10);
const study = createStudySet("a disc", 10, disk(home, 6));
const indexOf = (cell: string) => study.indexOf.get(cell as H3Cell) ?? -1;

/** Counts, with weights of the same size unless said. */
function summaryOf(counts: Readonly<Record<string, number>>, weights = counts) {
  const summary = createSummary(study.cells.length);
  for (const [cell, count] of Object.entries(counts)) summary.counts[indexOf(cell)] = count;
  for (const [cell, weight] of Object.entries(weights)) summary.weights[indexOf(cell)] = weight;
  summary.total = summary.counts.reduce((sum, count) => sum + count, 0);
  return summary;
}

function rank(summary: ReturnType<typeof createSummary>, measure: Measure = "count") {
  const test_ = testCells(summary.counts, study);
  const nameOf = (cell: string) => `place ${cell}`;
  return rankHotspots({ study, summary, test: test_, weeks: 2, nameOf, measure });
}

/** Without those that are hot by their neighbours alone. */
const listed = (rows: readonly Hotspot[]) => rows.filter(({ count }) => count > 0);

test("a cell is listed with its rate a week, its density and its neighbourhood", () => {
  const [, beside = home] = disk(home, 1);
  const [first, second] = rank(summaryOf({ [home]: 6, [beside]: 3 }));
  expect(first).toMatchObject({ cell: home, place: `place ${home}`, count: 6, rate: 3, near: 9 });
  expect(first?.density).toBeCloseTo((6 / cellAreaM2(home)) * 1e6, 9);
  expect(first?.expected).toBeCloseTo((7 * 9) / study.cells.length, 12);
  expect(second?.near).toBe(9);
});

test("a place where nothing happened is no hotspot and not listed, however busy its neighbours", () => {
  const around = disk(home, 1).filter((cell) => cell !== home);
  const summary = summaryOf(Object.fromEntries(around.map((cell) => [cell, 8])));
  const rows = rank(summary);
  expect(rows.map(({ cell }) => cell)).not.toContain(home);
  expect(rows.filter((one) => one.hot)).toHaveLength(6);
  expect(testCells(summary.counts, study).hotCells).toBe(6);
});

test("one busy cell among empty ones is hot by itself, with the tails of both counts", () => {
  const [row] = rank(summaryOf({ [home]: 4 }));
  expect(row).toMatchObject({ cell: home, hot: true, by: "own" });
  expect(row?.expectedOwn).toBeCloseTo(4 / 127, 12);
  expect(row?.ownP).toBeCloseTo((1 / 127) ** 4, 20);
  expect(row?.areaP).toBeCloseTo((7 / 127) ** 4, 14);
  expect(row?.p).toBe(2 * (row?.ownP ?? 1));
});

test("counts rank by weight, the test by its p, changes by how much they rose", () => {
  const [, a = home, b = home] = disk(home, 6);
  const far = study.cells.at(-1) ?? home;
  const summary = summaryOf({ [a]: 4, [b]: 4, [far]: 5 }, { [a]: 3.5, [b]: 4, [far]: 6 });
  expect(listed(rank(summary)).map((row) => row.cell)).toEqual([far, b, a]);
  const [most] = rank(summary, "gi");
  expect(most?.p).toBe(Math.min(...rank(summary).map((row) => row.p)));

  const before = summaryOf({ [a]: 1, [far]: 9, [home]: 2 }).counts;
  const changes = changeByCell(study, { before, after: summary.counts }, [1, 1]);
  const rows = rankHotspots({
    study,
    summary,
    test: testCells(summary.counts, study),
    weeks: 2,
    nameOf: String,
    measure: "change",
    changes,
  });
  expect(rows.map((row) => [row.cell, row.before, row.change])).toEqual(
    expect.arrayContaining([
      [b, 0, 4],
      [a, 1, 3],
      [home, 2, -2],
      [far, 9, -4],
    ]),
  );
  const changed = rows.map((row) => row.change ?? 0);
  expect(changed).toEqual(changed.toSorted((one, other) => other - one));
  expect(rows[0]?.changeP).toBe(eTest(0, 4));
});

test.each(["count", "density", "gi"] as const)(
  "by %s a place with shares alone stands last",
  (by) => {
    const [, a = home, b = home] = disk(home, 6);
    const far = study.cells.at(-1) ?? home;
    const rows = rank(summaryOf({ [a]: 1, [far]: 9 }, { [a]: 0.2, [b]: 0.9, [far]: 8 }), by);
    expect(rows.map((row) => [row.cell, row.count])).toEqual([
      [far, 9],
      [a, 1],
      [b, 0],
    ]);
  },
);

test("the last digit of a sum of shares decides no rank", () => {
  const [, a = home, b = home] = disk(home, 6);
  // 0.1 + 0.2 + 0.3 is more than 0.3 + 0.2 + 0.1 by rounding; the count decides.
  const rows = rank(summaryOf({ [a]: 1, [b]: 2 }, { [a]: 0.1 + 0.2 + 0.3, [b]: 0.3 + 0.2 + 0.1 }));
  expect(listed(rows).map((row) => [row.cell, row.weight])).toEqual([
    [b, 0.6],
    [a, 0.6],
  ]);
});

test("changes are corrected over the cells that have enough to say", () => {
  const [, a = home, b = home] = disk(home, 6);
  const before = summaryOf({ [home]: 2, [a]: 3 }).counts;
  const after = summaryOf({ [home]: 20, [a]: 1, [b]: 1 }).counts;
  const changes = changeByCell(study, { before, after }, [1, 1]);
  const [p, q] = [changes[indexOf(home)]?.changeP ?? 0, changes[indexOf(home)]?.changeQ];
  expect(p).toBeLessThan(0.001);
  // The smaller of two: a single report could not be told from chance whatever it did.
  expect(q).toBeCloseTo(2 * p, 12);
  expect(changes.filter((one) => one.changeP === null)).toHaveLength(study.cells.length - 3);
  expect(changes.filter((one) => one.changeQ === null)).toHaveLength(study.cells.length - 2);
});

test("the test is named with its study area, cells and rule", () => {
  expect(describeTest(276, study)).toBe(
    "exact binomial test of each cell, alone and with its neighbours, against an even spread of 276 events over 127 cells of a disc at H3 resolution 10; the smaller p doubled, adjusted for multiple testing (Benjamini-Hochberg); hotspot at q <= 0.05 with at least 3 events, one of them in the cell itself, taken by rising p, each given the excess of those before it",
  );
});
