import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { emergingByCell } from "#core/hotspots/emerging.ts";
import { describeEmerging } from "#core/hotspots/emerging-group.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { emergingWords } from "#core/stats/emerging-pattern.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const study = createStudySet("here", 10, disk(middle, 12));
const place = study.indexOf.get(middle) ?? -1;

/** A thin scatter over the set, and `count` reports at the middle and in each cell around it. */
function step(count: number): Int32Array {
  const counts = new Int32Array(study.cells.length);
  for (let cell = 0; cell < counts.length; cell += 9) counts[cell] = 1;
  for (const cell of disk(middle, 1)) counts[study.indexOf.get(cell) ?? -1] = count;
  return counts;
}

const categoryOf = (counts: readonly number[]) =>
  emergingWords(emergingByCell(study, counts.map(step))[place] ?? { pattern: null, side: null });

describe("the emerging category of a cell", () => {
  test.each([
    [[0, 0, 0, 0, 0, 60], "new hot spot"],
    [[0, 0, 0, 0, 60, 60], "consecutive hot spot"],
    [[0, 60, 0, 0, 60, 60], "sporadic hot spot"],
    [[60, 60, 60, 60, 60, 60], "persistent hot spot"],
    [[20, 40, 60, 80, 100, 120], "intensifying hot spot"],
    [[0, 0, 0, 0, 0, 0], "no pattern detected"],
  ])("of %j reports is %s", (counts, words) => {
    expect(categoryOf(counts)).toBe(words);
  });

  test("of steps without any report, or of a single cell, is none and never fails", () => {
    const nothing = new Int32Array(study.cells.length);
    expect(emergingByCell(study, [nothing, nothing]).every(({ pattern }) => pattern === null)).toBe(
      true,
    );
    const alone = createStudySet("one", 10, [middle]);
    expect(emergingByCell(alone, [Int32Array.of(3), Int32Array.of(0)])).toHaveLength(1);
  });

  test("names its steps and its rule", () => {
    const steps = [
      { from: "2021-01-01", to: "2021-01-31" },
      { from: "2021-02-01", to: "2021-02-28" },
    ];
    expect(describeEmerging(steps)).toBe(
      "emerging categories over 2 steps from 2021-01-01 to 2021-02-28, each step by itself; trend by Mann-Kendall on Gi*, two-sided below 0.05",
    );
  });
});
