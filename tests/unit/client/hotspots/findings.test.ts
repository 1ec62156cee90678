import { describe, expect, test } from "vitest";
import {
  createMeasurer,
  type PatrolTimeAsk,
  type PatternAsk,
} from "#client/hotspots/measures/answers.ts";
import {
  countFindings,
  findingsOf,
  lookOf,
  measureOf,
  measures,
} from "#client/hotspots/measures/list.ts";
import { shownView } from "#client/hotspots/ranked/ranked.ts";
import { type HotspotsView, leadingSource, usedFilters } from "#client/hotspots/state/view.ts";
import { isDrawnOn } from "#client/map/paper.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { createStudySet } from "#core/places/study-set.ts";

const study = createStudySet("here", 10, disk(cellAt([-0.0631, 51.6179], 10), 4));
const measure = createMeasurer();
const counts = (values: readonly number[]) =>
  Int32Array.from(study.cells, (_, cell) => values[cell] ?? 0);

const pattern = (steps: readonly Int32Array[]): PatternAsk => ({ measure: "pattern", steps });

describe("what a measure finds", () => {
  test("of a change: too few to say is a finding of its own, and nothing where nothing was", () => {
    const ask = { measure: "change", before: counts([2, 30, 1]), lengths: [28, 28] } as const;
    const findings = findingsOf(measure(ask, study, counts([30, 2, 1])));
    expect(findings?.slice(0, 4)).toEqual(["rise", "fall", "too_few", null]);
    expect(countFindings(findings ?? []).get("too_few")).toBe(1);
  });

  test("of a pattern: groups by the whole neighbourhood, too few below ten", () => {
    const steps = [counts([9, 9, 9]), counts([9, 9, 9]), counts([1, 1]), counts([])];
    const findings = findingsOf(measure(pattern(steps), study, counts([])));
    expect(findings?.[0]).not.toBeNull();
    expect(findings?.[0]).not.toBe("too_few");
    const few = findingsOf(measure(pattern([counts([1]), counts([1])]), study, counts([])));
    expect(new Set(few)).toEqual(new Set(["too_few", null]));
  });

  test("of effort: a class of rates, too few minutes, or no patrol logged", () => {
    const minutes = Float64Array.from(study.cells, (_, cell) => [600, 6000, 30, 0][cell] ?? 0);
    const ask: PatrolTimeAsk = { measure: "patrol_time", minutes };
    const findings = findingsOf(measure(ask, study, counts([30, 1, 1, 1])));
    expect(findings?.slice(0, 5)).toEqual(["rate_5", "rate_1", "too_few", "unknown", null]);
  });
});

test("every finding has words, and something beside its colour", () => {
  for (const { looks } of measures.map(measureOf)) {
    const marks = looks.map(
      ({ mark, fill, finding }) => `${mark ?? ""} ${mark ? "" : (fill ?? finding)}`,
    );
    expect(looks.every(({ word, label }) => word.length > 2 && label.length > 2)).toBe(true);
    // Quiet and fall share the down mark; the words and the strength of the fill tell them apart.
    expect(new Set(marks).size).toBeGreaterThanOrEqual(looks.length - 1);
  }
  expect(lookOf("change", "too_few")?.word).toBe("Not enough reports to tell");
  expect(lookOf("count", null)).toBeNull();
});

test("each measure has one paragraph that says what it shows and what it does not", () => {
  for (const each of measures) {
    const { name, help } = measureOf(each);
    expect(name.length).toBeLessThan(13);
    expect(help).toMatch(/(?:does not|nothing of)/);
    expect(help).not.toContain("\n");
    expect(help.split(" ").length).toBeGreaterThan(40);
    expect(help).not.toMatch(/prostitute|target/i);
  }
});

test("neither protected time nor the surface nor rates of patrol are drawn for paper and files", () => {
  for (const id of ["keep-clear-lines", "screen-surface", "screen-rates", "screen-marks"]) {
    expect([isDrawnOn("screen", id), isDrawnOn("paper", id)], id).toEqual([true, false]);
  }
  expect([isDrawnOn("screen", "paper-count-9-"), isDrawnOn("paper", "paper-count-9-")]).toEqual([
    false,
    true,
  ]);
  expect([isDrawnOn("screen", "count-9-"), isDrawnOn("paper", "hot")]).toEqual([true, true]);
});

test("where a measure cannot be answered its counts are shown, of the same source", () => {
  const fault = { measure: "none", fault: "Too short.", isWaiting: false } as const;
  const view = { reported: ["complaint"], discovered: ["arrest"], isSurface: true } as const;
  const shown = (measure: HotspotsView["measure"]) =>
    shownView({ ...view, measure } as unknown as HotspotsView, fault);
  expect(shown("change")).toMatchObject({ measure: "count", isSurface: false });
  expect(leadingSource(shown("pattern"))).toBe("reported");
  const used = usedFilters({ ...view, measure: "patrol_time" } as unknown as HotspotsView);
  expect(leadingSource(shownView(used, fault))).toBe("discovered");
  const asked = { ...view, measure: "change" } as unknown as HotspotsView;
  expect(shownView(asked, null)).toBe(asked);
});
