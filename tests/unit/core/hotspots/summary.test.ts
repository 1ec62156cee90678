import { expect, test } from "vitest";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import { type EventFilter, hourMask, reportedSources } from "#core/hotspots/filter.ts";
import { dailyHistogram } from "#core/hotspots/histogram.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { createStudySet } from "#core/places/study-set.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { plainTable, readText } from "#tests/support/import.ts";
import { complaintAt } from "#tests/support/reports.ts";

const zone = createZone("Europe/London");
const home = cellAt([-0.0634, 51.6255], 10);
const study = createStudySet("test", 10, disk(home, 3));
const elsewhere = cellAt([-0.2, 51.5], 10);

function event(from: string, to: string, more: Partial<PoliceEvent> = {}): PoliceEvent {
  return complaintAt(home, Date.parse(from), { endsAt: Date.parse(to), ...more });
}

const november: EventFilter = {
  from: Date.parse("2021-11-01T00:00Z") / minuteMs,
  to: Date.parse("2021-12-01T00:00Z") / minuteMs,
  kinds: ["complaint", "sighting"],
  sources: reportedSources,
  categories: null,
  hours: null,
};

function summaryOf(events: PoliceEvent[], filter: EventFilter) {
  const columns = columnsFromEvents(events);
  const prepared = prepareEvents(columns, zone);
  const indexOfCell = studyIndexOfCells(columns, study);
  return summarise(prepared, indexOfCell, filter, createSummary(study.cells.length));
}

const at = (cell: H3Cell) => study.indexOf.get(cell) ?? -1;

test("an exact time is counted whole in its cell and its hour", () => {
  const summary = summaryOf([event("2021-11-05T22:10Z", "2021-11-05T22:10Z")], november);
  expect(summary.counts[at(home)]).toBe(1);
  expect(summary.weights[at(home)]).toBe(1);
  expect(summary.clock[4 * 24 + 22]).toBe(1);
  expect(summary).toMatchObject({ total: 1, weight: 1, outside: 0, hourUnknown: 0 });
});

test("an uncertain span gives its share to the hours asked for, and counts by its midpoint", () => {
  const span = event("2021-11-05T21:00Z", "2021-11-06T01:00Z");
  const late = { ...november, hours: hourMask(["fri"], { from: 22, to: 24 }) };
  const summary = summaryOf([span], late);
  expect(summary.weights[at(home)]).toBeCloseTo(0.5, 12);
  // The midpoint is 23:00.
  expect(summary.counts[at(home)]).toBe(1);
  const early = { ...november, hours: hourMask(["fri"], { from: 21, to: 22 }) };
  expect(summaryOf([span], early)).toMatchObject({ total: 0, weight: 0.25 });
});

test("a span over the edge of the dates gives only the share inside", () => {
  const summary = summaryOf([event("2021-10-31T23:00Z", "2021-11-01T03:00Z")], november);
  expect(summary.weight).toBeCloseTo(0.75, 12);
  expect(summary.total).toBe(1);
});

test("the end of the dates is the first minute that no longer counts", () => {
  const edge = "2021-12-01T00:00Z";
  expect(summaryOf([event(edge, edge)], november)).toMatchObject({ total: 0, weight: 0 });
  const across = event("2021-11-30T23:00Z", "2021-12-01T01:00Z");
  expect(summaryOf([across], november)).toMatchObject({ total: 0, weight: 0.5 });
  const december = { ...november, from: november.to, to: november.to + 1440 };
  expect(summaryOf([across], december)).toMatchObject({ total: 1, weight: 0.5 });
});

test("autumn's doubled hour takes 120 minutes of a span", () => {
  const filter = { ...november, from: november.from - 60 * 24 * 40 };
  const one = { ...filter, hours: hourMask(["sun"], { from: 1, to: 2 }) };
  // 23:30 BST to 03:30 GMT is 300 minutes.
  const summary = summaryOf([event("2021-10-30T22:30Z", "2021-10-31T03:30Z")], one);
  expect(summary.weight).toBeCloseTo(0.4, 12);
});

test("a month-long span joins no hour filter and is said to be there", () => {
  const month = event("2021-11-01T00:00Z", "2021-12-01T00:00Z");
  expect(summaryOf([month], november)).toMatchObject({ total: 1, weight: 1, hourUnknown: 1 });
  const late = { ...november, hours: hourMask(null, { from: 20, to: 2 }) };
  expect(summaryOf([month], late)).toMatchObject({ total: 0, weight: 0, hourUnknown: 1 });
});

test("a span once round the clock names no hour; a minute less still has its hours", () => {
  const late = { ...november, hours: hourMask(null, { from: 12, to: 24 }) };
  const day = event("2021-11-05T06:00Z", "2021-11-06T06:00Z");
  expect(summaryOf([day], late)).toMatchObject({ total: 0, weight: 0, hourUnknown: 1 });
  const minuteLess = event("2021-11-05T06:00Z", "2021-11-06T05:59Z");
  expect(summaryOf([minuteLess], late)).toMatchObject({ total: 1, hourUnknown: 0 });
});

test.each([
  ["of 23 hours", "2021-03-28"],
  ["of 24 hours", "2021-10-07"],
  ["of 25 hours", "2021-10-31"],
])("a date without a time, on a day %s, is counted and in no hour of the clock", (_, date) => {
  const { drafts } = readText(plainTable([date]));
  const [draft] = drafts;
  if (!draft) throw new RangeError("the row was not read");
  const year = { ...november, from: november.from - 365 * 1440, kinds: [draft.kind] };
  const summary = summaryOf([{ ...draft, cell: home }], year);
  expect(summary).toMatchObject({ total: 1, weight: 1, hourUnknown: 1 });
  expect(summary.clock.every((weight) => weight === 0)).toBe(true);
});

test("a month-long span that began before a week's window is still found", () => {
  const week = { ...november, from: november.from + 14 * 1440, to: november.from + 21 * 1440 };
  const summary = summaryOf([event("2021-11-01T00:00Z", "2021-12-01T00:00Z")], week);
  expect(summary.weight).toBeCloseTo(7 / 30, 12);
});

test("kinds, sources and categories are kept apart", () => {
  const events = [
    event("2021-11-05T22:10Z", "2021-11-05T22:10Z"),
    event("2021-11-05T22:10Z", "2021-11-05T22:10Z", { kind: "arrest", source: "police" }),
    event("2021-11-05T22:10Z", "2021-11-05T22:10Z", { kind: "sighting", source: "police" }),
    event("2021-11-05T22:10Z", "2021-11-05T22:10Z", { category: "traffic" }),
  ];
  expect(summaryOf(events, november).total).toBe(2);
  expect(summaryOf(events, { ...november, categories: ["traffic"] }).total).toBe(1);
  expect(summaryOf(events, { ...november, kinds: ["arrest"], sources: ["police"] }).total).toBe(1);
});

test("what lies outside the study set is counted apart", () => {
  const far = event("2021-11-05T22:10Z", "2021-11-05T22:10Z", { cell: elsewhere });
  expect(summaryOf([far], november)).toMatchObject({ total: 0, outside: 1, weight: 0 });
});

test("the histogram puts an event on its London day, whatever the dates of the filter", () => {
  // 23:30 UTC on 14 June is 00:30 on the 15th in London.
  const columns = columnsFromEvents([
    event("2021-06-14T23:30Z", "2021-06-14T23:30Z"),
    event("2021-06-16T12:00Z", "2021-06-16T12:00Z"),
  ]);
  const prepared = prepareEvents(columns, zone);
  const histogram = dailyHistogram(prepared, studyIndexOfCells(columns, study), november, zone);
  expect(histogram.firstDay).toBe(Date.parse("2021-06-15T00:00Z") / 86_400_000);
  expect([...histogram.counts]).toEqual([1, 1]);
});

test("an empty file has an empty summary and histogram", () => {
  expect(summaryOf([], november)).toMatchObject({ total: 0, weight: 0 });
  const columns = columnsFromEvents([]);
  const histogram = dailyHistogram(prepareEvents(columns, zone), new Int32Array(0), november, zone);
  expect(histogram.counts).toHaveLength(0);
});
