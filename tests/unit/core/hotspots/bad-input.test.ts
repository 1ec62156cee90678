import { describe, expect, test } from "vitest";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { rankHotspots } from "#core/hotspots/rank.ts";
import { describeHotspots } from "#core/hotspots/sentence.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { hotspotRow } from "#core/hotspots/wire/hotspots.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { london } from "#tests/support/hotspot-events.ts";
import { complaintAt } from "#tests/support/reports.ts";

const middle = cellAt([-0.0634, 51.6255], 10);
const startsAt = Date.parse("2021-11-05T20:00Z");
const eventIn = (cell: H3Cell) => complaintAt(cell, startsAt);
const filter: EventFilter = {
  from: startsAt / minuteMs - 1440,
  to: startsAt / minuteMs + 1440,
  kinds: ["complaint"],
  sources: ["resident"],
  categories: null,
  hours: null,
};

function answer(study: StudySet, events: readonly PoliceEvent[], dates = filter) {
  const prepared = prepareEvents(columnsFromEvents(events), london);
  const summary = summarise(
    prepared,
    studyIndexOfCells(prepared.columns, study),
    dates,
    createSummary(study.cells.length),
  );
  const test = testCells(summary.counts, study);
  const rows = rankHotspots({ study, summary, test, weeks: 1, nameOf: (cell) => cell });
  const sentence = describeHotspots({
    total: summary.total,
    weeks: 1,
    hotCells: test.hotCells,
    clock: summary.clock,
    hours: null,
    noun: { one: "report", many: "reports" },
  });
  return { rows, test, sentence, summary };
}

/** Whatever stands in JSON is a number, null or words: JSON itself writes NaN as null, so it is looked for before. */
function expectPlain({ rows, test, sentence }: ReturnType<typeof answer>) {
  for (const row of rows) {
    expect(hotspotRow.safeParse(row).success).toBe(true);
    for (const value of Object.values(row)) {
      if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
    }
  }
  for (const value of [...test.p, ...test.q]) expect(value >= 0 && value <= 1).toBe(true);
  for (const z of test.z) expect(z === null || Number.isFinite(z)).toBe(true);
  expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
}

describe("has a plain answer, and null where nothing is defined", () => {
  const disc = createStudySet("Disc", 10, disk(middle, 4));

  test("zero events", () => {
    const found = answer(disc, []);
    expectPlain(found);
    expect(found.rows).toEqual([]);
    expect(found.test.hotCells).toBe(0);
    expect(found.test.z.every((z) => z === null)).toBe(true);
    expect(found.sentence).toBe("No reports in 1 week.");
  });

  test("a study area of one cell", () => {
    const found = answer(createStudySet("One", 10, [middle]), [eventIn(middle), eventIn(middle)]);
    expectPlain(found);
    expect(found.rows).toMatchObject([{ count: 2, z: null, p: 1, q: 1, hot: false, near: 2 }]);
  });

  test("a study area without cells", () => {
    const found = answer(createStudySet("None", 10, []), [eventIn(middle)]);
    expectPlain(found);
    expect(found.rows).toEqual([]);
    expect(found.summary.outside).toBe(1);
  });

  test("all cells equal: none can stand out", () => {
    const found = answer(disc, disc.cells.map(eventIn));
    expectPlain(found);
    expect(found.test.hotCells).toBe(0);
    expect(found.rows.every(({ z, p }) => z === null && p === 1)).toBe(true);
    expect(found.sentence).toMatch(/^61 reports in 1 week; no hotspots/);
  });

  test("one stray point far away changes no figure of the area", () => {
    const events = [...disk(middle, 1), middle, middle].map(eventIn);
    const stray = answer(disc, [...events, eventIn(cellAt([2.35, 48.86], 10))]);
    expectPlain(stray);
    expect(stray.summary.outside).toBe(1);
    expect(stray.rows).toEqual(answer(disc, events).rows);
  });

  test("dates of no length", () => {
    const found = answer(disc, [eventIn(middle)], { ...filter, to: filter.from });
    expectPlain(found);
    expect(found.rows).toEqual([]);
  });
});
