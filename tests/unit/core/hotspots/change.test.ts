import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import {
  changeByCell,
  changeVerdict,
  describeChange,
  fewestToSay,
  type PeriodLengths,
} from "#core/hotspots/change.ts";
import { createStudySet } from "#core/places/study-set.ts";

const study = createStudySet("here", 10, disk(cellAt([-0.0631, 51.6179], 10), 3));

function verdictsOf(
  pairs: readonly (readonly [before: number, after: number])[],
  lengths: PeriodLengths,
) {
  const counts = {
    before: new Int32Array(study.cells.length),
    after: new Int32Array(study.cells.length),
  };
  pairs.forEach(([before, after], index) => {
    counts.before[index] = before;
    counts.after[index] = after;
  });
  return changeByCell(study, counts, lengths).slice(0, pairs.length).map(changeVerdict);
}

describe("what is said of a change", () => {
  test("rise, fall, no clear change, too few to say, and nothing where nothing was", () => {
    expect(
      verdictsOf(
        [
          [2, 30],
          [30, 2],
          [10, 12],
          [1, 2],
          [0, 0],
        ],
        [28, 28],
      ),
    ).toEqual(["rise", "fall", "no_clear_change", "too_few", null]);
  });

  test("a rise in the shorter period is found, which the E-test hardly can", () => {
    expect(verdictsOf([[0, 6]], [168, 28])).toEqual(["rise"]);
  });

  test("a longer baseline is scaled to this period: 60 in 60 days and 10 in 10 are no change", () => {
    const [cell] = changeByCell(
      study,
      {
        before: Int32Array.from(study.cells, () => 60),
        after: Int32Array.from(study.cells, () => 10),
      },
      [60, 10],
    );
    expect(cell).toMatchObject({ before: 60, change: 0 });
    expect(cell?.changeP).toBeCloseTo(1, 6);
  });

  test("places with too few do not weigh on those with enough", () => {
    const alone = changeByCell(study, countsWith([[2, 14]]), [28, 28])[0];
    const amongFew = changeByCell(study, countsWith([[2, 14], ...manySingles]), [28, 28])[0];
    expect(amongFew?.changeQ).toBe(alone?.changeQ);
  });
});

const manySingles = Array.from({ length: 30 }, () => [1, 0] as const);

function countsWith(pairs: readonly (readonly [number, number])[]) {
  const at = (which: 0 | 1) =>
    Int32Array.from(study.cells, (_, index) => pairs[index]?.[which] ?? 0);
  return { before: at(0), after: at(1) };
}

test("the fewest that a split could be told from chance of: 4 of equal lengths, by the E-test", () => {
  expect(fewestToSay([28, 28])).toBe(4);
  expect(fewestToSay([168, 28])).toBe(2);
});

test("the statement names the baseline, the test of its lengths, the correction and who was tested", () => {
  expect(describeChange("2021-08-01", "2021-08-28", [28, 28])).toBe(
    "change from 2021-08-01 to 2021-08-28: two-sided E-test of two Poisson counts, Benjamini-Hochberg over the cells with at least 4 in both periods together; a change at q <= 0.05",
  );
  expect(describeChange("2021-01-01", "2021-06-17", [168, 28])).toContain(
    "exact conditional test of two Poisson counts over 168 and 28 days",
  );
});
