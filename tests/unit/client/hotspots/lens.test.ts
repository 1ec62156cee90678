import { expect, test } from "vitest";
import { filterOf } from "#client/hotspots/filters.ts";
import { classLabels } from "#client/hotspots/HotspotLegend.tsx";
import { hollowPaths } from "#client/hotspots/hollow-hexagons.ts";
import { createLens, fixedBreaks, itemClasses, lookThrough } from "#client/hotspots/lens.ts";
import { rankPicture } from "#client/hotspots/ranked.ts";
import { type HotspotsView, wholeWeek } from "#client/hotspots/view.ts";
import { columnsFromEvents } from "#core/events/columns.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { createStudySet } from "#core/geo/study-set.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import type { EventSource, PoliceEvent } from "#core/model/event.ts";
import { createZone, hourMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cells = disk(cellAt([-0.0635, 51.617], 10), 6);
const study = createStudySet("Test", 10, cells);
const monday = Date.parse("2021-10-04T00:00:00+01:00");

/** `cell` picks from the study set; one event an hour apart. */
function event(index: number, cell: number, source: EventSource = "resident"): PoliceEvent {
  const startsAt = monday + index * hourMs;
  return {
    cell: cells[cell] ?? cellAt([0, 0], 10),
    kind: source === "police" ? "arrest" : "complaint",
    source,
    category: "asb",
    startsAt,
    endsAt: startsAt,
  };
}

const reports = Array.from({ length: 60 }, (_, index) =>
  event(index, index % 3 === 0 ? 40 : index),
);
const arrests = Array.from({ length: 200 }, (_, index) => event(index % 50, 100, "police"));
const usual: HotspotsView = {
  area: "",
  from: "2021-10-04",
  to: "2021-10-10",
  reported: ["complaint"],
  discovered: [],
  time: wholeWeek,
  resolution: 10,
  measure: "count",
  cell: null,
  showsKeepClear: true,
  camera: null,
};

function look(events: readonly PoliceEvent[], view: HotspotsView = usual) {
  const prepared = prepareEvents(columnsFromEvents(events), zone);
  const lens = createLens(prepared, study);
  const filter = filterOf(view, "reported", zone);
  const breaks = fixedBreaks(prepared, lens, filter);
  const summary = lookThrough(prepared, lens, filter);
  const leading = { summary, breaks, classes: itemClasses(lens, summary, breaks) };
  return { lens, leading, beside: null };
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

test("class breaks hold whatever dates and hours are chosen", () => {
  const { breaks } = look(reports).leading;
  const short = { ...usual, to: "2021-10-04", time: { days: [0], hours: { from: 1, to: 3 } } };
  expect(look(reports, short).leading.breaks).toEqual(breaks);
});

test("cells are drawn from half an event on, in the classes of the legend", () => {
  const { lens, leading } = look(reports);
  const classOfBusiest = leading.classes[lens.items.findIndex(({ cell }) => cell === cells[40])];
  expect(classOfBusiest).toBe(leading.breaks.length);
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
  expect(classLabels([1, 3, 9])).toEqual(["under 3", "3 to 9", "9 and more"]);
  expect(classLabels([1])).toEqual(["1 and more"]);
});

test("the map opens on most of the records", () => {
  const { lens } = look(Array.from({ length: 30 }, (_, index) => event(index, 40)));
  const [west, south, east, north] = lens.home ?? [0, 0, 0, 0];
  expect([east - west, north - south]).toEqual([0, 0]);
  expect(west).toBeCloseTo(-0.06, 1);
});
