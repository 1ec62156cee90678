import { expect, test } from "vitest";
import { clockShares } from "#client/hotspots/clock/WeekClock.tsx";
import { classLabels } from "#client/hotspots/map/HotspotLegend.tsx";
import { hollowPaths } from "#client/hotspots/map/hexagons.ts";
import { allRecords, createLens, fixedBreaks, lookThrough } from "#client/hotspots/ranked/lens.ts";
import { rankPicture } from "#client/hotspots/ranked/ranked.ts";
import { layerOf } from "#client/hotspots/ranked/use-picture.ts";
import { filterOf, maskOf } from "#client/hotspots/state/filters.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { describeAround } from "#client/hotspots/story/cell-story-words.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { createStudySet, parentStudySet } from "#core/places/study-set.ts";
import type { EventSource, PoliceEvent } from "#core/records/event.ts";
import { createZone, daysIn, hourMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { usualView } from "#tests/support/hotspots-view.ts";
import { complaintAt } from "#tests/support/reports.ts";

const zone = createZone("Europe/London");
const cells = disk(cellAt([-0.0635, 51.617], 10), 6);
const study = createStudySet("Test", 10, cells);
const monday = Date.parse("2021-10-04T00:00:00+01:00");

/** `cell` picks from the study set; one event an hour apart. */
function event(index: number, cell: number, source: EventSource = "resident"): PoliceEvent {
  const startsAt = monday + index * hourMs;
  const kind = source === "police" ? "arrest" : "complaint";
  return complaintAt(cells[cell] ?? cellAt([0, 0], 10), startsAt, { kind, source });
}

const reports = Array.from({ length: 60 }, (_, index) =>
  event(index, index % 3 === 0 ? 40 : index),
);
const arrests = Array.from({ length: 200 }, (_, index) => event(index % 50, 100, "police"));
const usual: HotspotsView = {
  ...usualView,
  from: "2021-10-04",
  to: "2021-10-10",
  reported: ["complaint"],
  resolution: 10,
};

function look(events: readonly PoliceEvent[], view: HotspotsView = usual) {
  const prepared = prepareEvents(columnsFromEvents(events), zone);
  const lens = createLens(prepared, study);
  const filter = filterOf(view, "reported", zone);
  const all = allRecords(prepared, lens, filter);
  const breaks = fixedBreaks(all, { days: daysIn(view), hours: filter.hours });
  return { lens, leading: layerOf(prepared, lens, filter, breaks), beside: null };
}

test("counts add up to the events inside the dates", () => {
  const { leading } = look(reports);
  expect(leading.summary.total).toBe(60);
  const day = look(reports, { ...usual, from: "2021-10-05", to: "2021-10-05" });
  expect(day.leading.summary.total).toBe(24);
});

test("police finds change neither count nor order nor classes of the reports", () => {
  const without = look(reports);
  const beside = look([...reports, ...arrests]);
  const rank = (picture: ReturnType<typeof look>) =>
    rankPicture({
      view: usual,
      picture,
      test: testCells(picture.leading.summary.counts, study),
      nameOf: (cell) => cell,
    });
  expect(rank(beside).rows).toEqual(rank(without).rows);
  expect(rank(beside).sentence).toBe(rank(without).sentence);
  expect(beside.leading.breaks).toEqual(without.leading.breaks);
});

/** A week with 30 reports in one cell, then fifty quiet weeks. */
const longRecord = [
  ...Array.from({ length: 30 }, (_, index) => event(index, 40)),
  ...Array.from({ length: 50 }, (_, week) => event(168 * (week + 1), 7)),
];

test("class breaks hold for every period of a length, busy or quiet", () => {
  const busy = look(longRecord, usual).leading;
  const quiet = look(longRecord, { ...usual, from: "2022-02-07", to: "2022-02-13" }).leading;
  expect(quiet.breaks).toEqual(busy.breaks);
  expect(busy.summary.total).toBe(30);
  expect(quiet.summary.total).toBe(1);
});

test("a short period has finer classes than all records, so that it shows a ranking", () => {
  const all = look(longRecord, { ...usual, to: "2022-10-01" }).leading.breaks;
  const week = look(longRecord, usual).leading.breaks;
  expect(week.at(-1)).toBeLessThan(all.at(-1) ?? 0);
  const nights = { days: [0], hours: { from: 1, to: 3 } };
  const allNights = look(longRecord, { ...usual, to: "2022-10-01", time: nights }).leading.breaks;
  expect(allNights.at(-1)).toBeLessThan(all.at(-1) ?? 0);
});

test("what the list, the map and the clock write adds up to one figure", () => {
  const spans = reports.map((each, index) => ({
    ...each,
    endsAt: each.startsAt + (index % 5) * 50 * 60_000,
  }));
  const night = { ...usual, time: { days: [1], hours: { from: 3, to: 9 } } };
  const { leading, lens } = look(spans, night);
  const tenths = (values: Iterable<number>) =>
    [...values].reduce((sum, value) => sum + Math.round(value * 10), 0);
  const mask = maskOf(night.time);
  const chosen = clockShares(leading.summary.clock, mask).filter((_, hour) => mask?.[hour] === 1);
  expect(tenths(leading.shares)).toBe(Math.round(leading.shared * 10));
  expect(tenths(chosen)).toBe(Math.round(leading.shared * 10));
  const rows = lens.study.cells.map((_, index) => leading.summary.counts[index] ?? 0);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(leading.summary.total);
});

test("two areas add up to both together, whatever the size of the cells", () => {
  const [west, east] = [cells.slice(0, 60), cells.slice(60)];
  const many = cells.map((_, index) => event(index, index));
  const prepared = prepareEvents(columnsFromEvents(many), zone);
  const totalIn = (name: string, own: typeof cells, resolution: number) => {
    const finest = createStudySet(name, 10, own);
    const lens = createLens(prepared, parentStudySet(finest, resolution), finest);
    const all = { ...usual, from: "2021-10-01", to: "2021-10-31" };
    return lookThrough(prepared, lens, filterOf(all, "reported", zone)).total;
  };
  for (const resolution of [10, 9, 8]) {
    expect(totalIn("West", west, resolution)).toBe(60);
    expect(totalIn("East", east, resolution)).toBe(cells.length - 60);
    expect(totalIn("Both", cells, resolution)).toBe(cells.length);
  }
});

test("a story says whether the place itself or its neighbours made it hot, or lies beside it, and against what", () => {
  const words = (row: Parameters<typeof describeAround>[0]) =>
    describeAround(row, { one: "report", many: "reports" });
  const few = { expectedOwn: 0.03, expected: 0.23 };
  expect(words({ near: 9, ...few, hot: true, beside: false, by: "own" })).toBe(
    "Hotspot (this place): by chance you would expect under 0.1.",
  );
  expect(words({ near: 5, ...few, hot: true, beside: false, by: "area" })).toBe(
    "Hotspot (with neighbouring cells): 5 reports here and next door; by chance you would expect 0.2.",
  );
  const none = { near: 3, expectedOwn: 0.4, expected: 2.1, hot: false, by: null };
  const figures = "by chance you would expect 0.4.";
  expect(words({ ...none, beside: false })).toBe(`Not a hotspot: ${figures}`);
  expect(words({ ...none, beside: true })).toBe(
    "Beside a hotspot: no more than chance once next door's are left out.",
  );
});

test("cells are drawn from half an event on, in the classes of the legend", () => {
  const { lens, leading } = look(reports);
  const classOfBusiest = leading.classes[lens.items.findIndex(({ cell }) => cell === cells[40])];
  expect(classOfBusiest).toBe(Math.max(...leading.classes));
  expect(classOfBusiest).toBe(5);
  expect(Math.min(...leading.classes)).toBeGreaterThanOrEqual(0);
});

test("a hollow hexagon is smaller than its cell and larger for a higher class", () => {
  const { lens } = look(reports);
  const width = (ring: readonly (readonly [number, number])[]) =>
    Math.max(...ring.map(([lng]) => lng)) - Math.min(...ring.map(([lng]) => lng));
  const classes = new Uint8Array(lens.items.length);
  classes[0] = 1;
  classes[1] = 5;
  const [small, large] = hollowPaths(lens, classes);
  expect(hollowPaths(lens, classes)).toHaveLength(2);
  expect(width(small ?? [])).toBeLessThan(width(large ?? []));
});

test("the legend names classes without gaps", () => {
  expect(classLabels([1, 3, 9])).toEqual(["0.5 to 3", "3 to 9", "9 and more"]);
  expect(classLabels([1])).toEqual(["1 and more"]);
});

test("the map opens on most of the records", () => {
  const { lens } = look(Array.from({ length: 30 }, (_, index) => event(index, 40)));
  const [west, south, east, north] = lens.home ?? [0, 0, 0, 0];
  expect([east - west, north - south]).toEqual([0, 0]);
  expect(west).toBeCloseTo(-0.06, 1);
});
