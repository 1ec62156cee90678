import { expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { effortByCell } from "#core/hotspots/effort.ts";
import { createStudySet } from "#core/places/study-set.ts";

const study = createStudySet("here", 10, disk(cellAt([-0.0631, 51.6179], 10), 1));

test("a rate stands only where patrol was logged; the rest says which of two things is missing", () => {
  const efforts = effortByCell(study, [6, 2, 1, 0, 0, 4, 0], [600, 600, 45, 0, 300, 0, 20]);
  expect(efforts.map((each) => each?.status ?? null)).toEqual([
    "known",
    "known",
    "too_few",
    null,
    "known",
    "unknown",
    "too_few",
  ]);
  const [busy, calm, short, , none, unknown] = efforts;
  expect(busy?.rate).toBeGreaterThan(calm?.rate ?? 0);
  expect(busy).toMatchObject({ records: 6, minutes: 600 });
  // 6 in ten hours: Garwood 2.202 to 13.059 by ten.
  expect(busy?.low).toBeCloseTo(0.2202, 3);
  expect(busy?.high).toBeCloseTo(1.3059, 3);
  expect(none?.low).toBe(0);
  for (const untold of [short, unknown]) {
    expect(untold).toMatchObject({ rate: null, low: null, high: null });
  }
});

test("without any patrol everything is unknown, and nothing is NaN", () => {
  const efforts = effortByCell(study, [3, 0, 0, 0, 0, 0, 1], new Float64Array(7));
  expect(efforts.filter(Boolean).map((each) => each?.status)).toEqual(["unknown", "unknown"]);
  expect(JSON.stringify(efforts)).not.toMatch(/NaN|Infinity/);
});
