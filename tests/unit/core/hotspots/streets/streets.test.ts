import { expect, test } from "vitest";
import { cellAt, disk, type Position } from "#core/geo/cell.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import {
  describeStreetTest,
  rankStreets,
  testStreets,
} from "#core/hotspots/streets/rank-streets.ts";
import { countByStreet, streetIndexOfRows } from "#core/hotspots/streets/street-counts.ts";
import { createStreetSet } from "#core/hotspots/streets/street-set.ts";
import { describePlaced, describeStreets } from "#core/hotspots/streets/street-words.ts";
import { wholeStreets } from "#core/hotspots/streets/whole-streets.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { segmentName } from "#core/places/streets/graph.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import { createStudySet } from "#core/places/study-set.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { noSegment, otherStreets } from "#core/records/event-street.ts";
import { binomialTail } from "#core/stats/binomial.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { blockOf, place, street } from "#tests/support/streets.ts";

const at = Date.UTC(2021, 10, 5, 21);
const area = createStudySet("Edmonton", 10, disk(cellAt(place(2, 2), 10), 6));
const everything: EventFilter = {
  from: -(2 ** 30),
  to: 2 ** 30,
  kinds: ["complaint", "sighting"],
  sources: ["resident", "partner"],
  categories: null,
  hours: null,
};

function eventAt(where: Position, more: Partial<PoliceEvent> = {}): PoliceEvent {
  return {
    cell: cellAt(where, 10),
    kind: "complaint",
    source: "resident",
    category: "asb",
    startsAt: at,
    endsAt: at,
    ...more,
  };
}

const block = buildGraph(blockOf(5));
const set = createStreetSet(block, area);
const nearest = createNearest(block);

/** Counts of events by the segment nearest to each, or the segment that is said. */
function count(
  events: readonly { readonly event: PoliceEvent; readonly segment: number }[],
  filter: EventFilter = everything,
) {
  const columns = columnsFromEvents(events.map(({ event }) => event));
  const segment = Int32Array.from(events, (one) => one.segment);
  const prepared = prepareEvents(columns, createZone("Europe/London"));
  return countByStreet(prepared, streetIndexOfRows({ columns, segment }, set), set, filter);
}

const snapped = (where: Position, more: Partial<PoliceEvent> = {}) => ({
  event: eventAt(where, more),
  segment: nearest.segmentAt(where, 30)?.segment ?? noSegment,
});

test("a set holds the segments whose middle lies in the area, their length and those that meet them", () => {
  expect(set.segments.length).toBe(40);
  expect(set.totalMetres).toBeCloseTo(40 * 100, -1);
  const corner = set.indexOf[nearest.segmentAt(place(0, 0.5), 30)?.segment ?? -1] ?? -1;
  const around = set.targets.slice(set.offsets[corner], set.offsets[corner + 1]);
  expect(around).toHaveLength(3);
  expect(around).not.toContain(corner);
  const small = createStreetSet(block, createStudySet("one cell", 10, [cellAt(place(0, 0.5), 10)]));
  expect(small.segments.length).toBeGreaterThan(0);
  expect(small.segments.length).toBeLessThan(10);
  expect([...small.segments].every((segment) => small.indexOf[segment] !== -1)).toBe(true);
});

test("events count on their segment; those without one, on other streets or outside are told apart", () => {
  const counts = count([
    snapped(place(0, 0.5)),
    snapped(place(0.1, 0.5)),
    { event: eventAt(place(2.5, 2.5)), segment: noSegment },
    { event: eventAt(place(2, 2)), segment: otherStreets },
    { event: eventAt(place(90, 90)), segment: 3 },
  ]);
  expect(counts).toMatchObject({ total: 4, placed: 2, elsewhere: 1, outside: 1 });
  const own = set.indexOf[nearest.segmentAt(place(0, 0.5), 30)?.segment ?? -1] ?? -1;
  expect(counts.counts[own]).toBe(2);
  expect(counts.counts.reduce((sum, one) => sum + one, 0)).toBe(2);
});

test("a segment beyond the area is no street of it, though its event lies inside", () => {
  const one = createStudySet("one cell", 10, [cellAt(place(0, 0.5), 10)]);
  const small = createStreetSet(block, one);
  const far = [...set.segments].find((segment) => small.indexOf[segment] === -1) ?? -1;
  const columns = columnsFromEvents([eventAt(place(0, 0.5))]);
  const rows = streetIndexOfRows({ columns, segment: Int32Array.of(far) }, small);
  expect([...rows]).toEqual([small.segments.length]);
});

test("dates, hours, kinds and uncertain times count as they do by cell", () => {
  const night = new Uint8Array(168);
  night[4 * 24 + 21] = 1;
  const events = [
    snapped(place(0, 0.5)),
    snapped(place(0, 0.5), { startsAt: at, endsAt: at + 120 * minuteMs }),
    snapped(place(0, 0.5), { kind: "arrest", source: "police" }),
    snapped(place(0, 0.5), { startsAt: at - 400 * 86_400_000, endsAt: at - 400 * 86_400_000 }),
  ];
  const own = set.indexOf[nearest.segmentAt(place(0, 0.5), 30)?.segment ?? -1] ?? -1;
  const from = at / minuteMs - 1_440;
  const counts = count(
    [events[3], events[0], events[1], events[2]].filter((one) => one !== undefined),
    { ...everything, from, to: from + 2 * 1_440, hours: night },
  );
  expect(counts.counts[own]).toBe(1);
  expect(counts.weights[own]).toBeCloseTo(1.5, 12);
});

test("the null is the length: equal counts on a short and a long street do not say the same", () => {
  const lines = [
    street("0 0, 0 0.3", { name: "Short Street" }),
    street("1 0, 1 9", { name: "Long Street" }),
    street("4 0, 4 9", { name: "Other Street" }),
  ];
  const graph = buildGraph(lines);
  const streets = createStreetSet(
    graph,
    createStudySet("all", 10, disk(area.cells[0] ?? cellAt(place(0, 0), 10), 20)),
  );
  expect(streets.segments.length).toBe(3);
  const indexOf = (name: string) =>
    [...streets.segments].findIndex((segment) => segmentName(graph, segment) === name);
  const counts = new Int32Array(3);
  counts[indexOf("Short Street")] = 5;
  counts[indexOf("Long Street")] = 5;
  const test_ = testStreets(counts, streets);
  const share = (streets.metres[indexOf("Short Street")] ?? 0) / streets.totalMetres;
  expect(test_.ownP[indexOf("Short Street")]).toBeCloseTo(binomialTail(10, share, 5), 15);
  expect(test_.hot[indexOf("Short Street")]).toBe(1);
  expect(test_.by[indexOf("Short Street")]).toBe("own");
  expect(test_.hot[indexOf("Long Street")]).toBe(0);
  expect(test_.hotSegments).toBe(1);
  const rows = rankStreets(
    streets,
    { counts, weights: Float64Array.from(counts), placed: 10 },
    test_,
    "density",
  );
  expect(rows.map(({ segment }) => segmentName(graph, segment))).toEqual([
    "Short Street",
    "Long Street",
  ]);
  expect(rows[0]).toMatchObject({ count: 5, metres: expect.closeTo(30, 0), hot: true });
  expect(rows[0]?.per100m).toBeCloseTo(500 / (rows[0]?.metres ?? 1), 9);
  expect(rows[0]?.expectedOwn).toBeCloseTo(10 * share, 12);
  expect(describeStreetTest(10, streets)).toContain(
    "10 events along 2 km of street in 3 segments of all",
  );
});

test("a segment without an event of its own is no hotspot, however busy those that meet it", () => {
  const counts = new Int32Array(set.segments.length);
  const quiet = set.indexOf[nearest.segmentAt(place(2, 2.5), 30)?.segment ?? -1] ?? -1;
  for (const near of set.targets.slice(set.offsets[quiet], set.offsets[quiet + 1]))
    counts[near] = 9;
  const test_ = testStreets(counts, set);
  expect(test_.areaP[quiet]).toBeLessThan(1e-6);
  expect(test_.hot[quiet]).toBe(0);
  const rows = rankStreets(set, { counts, weights: Float64Array.from(counts), placed: 54 }, test_);
  expect(rows.map(({ segment }) => segment)).not.toContain(set.segments[quiet]);
});

test("under an even spread along the streets fewer than one draw in ten marks any street", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const running: number[] = [];
  let sum = 0;
  for (const metres of set.metres) {
    sum += metres;
    running.push(sum);
  }
  let marked = 0;
  for (let draw = 0; draw < 200; draw += 1) {
    const counts = new Int32Array(set.segments.length);
    for (let event = 0; event < 60; event += 1) {
      const where = random() * sum;
      const segment = running.findIndex((upTo) => upTo >= where);
      counts[segment] = (counts[segment] ?? 0) + 1;
    }
    if (testStreets(counts, set).hotSegments > 0) marked += 1;
  }
  expect(marked).toBeLessThan(20);
});

test("whole streets are what hangs together under one name, with the sum of their segments", () => {
  const graph = buildGraph([
    ...blockOf(3),
    street("0 7, 1 7", { name: "Row 0" }),
    street("0 0, -1 0", { class: "service" }),
  ]);
  const all = createStreetSet(graph, area);
  const near = createNearest(graph);
  const put = (east: number, north: number, events: number) => {
    const index = all.indexOf[near.segmentAt(place(east, north), 30)?.segment ?? -1] ?? -1;
    counts[index] = (counts[index] ?? 0) + events;
  };
  const counts = new Int32Array(all.segments.length);
  put(0.5, 0, 2);
  put(1.5, 0, 4);
  put(0.5, 7, 3);
  put(1, 0.5, 1);
  put(-0.5, 0, 8);
  const streets = wholeStreets(graph, all, { counts, weights: Float64Array.from(counts) });
  expect(
    streets.map(({ street: name, count: events, segments }) => [name, events, segments]),
  ).toEqual([
    ["Row 0", 6, 2],
    ["Row 0", 3, 1],
    ["Column 1", 1, 2],
  ]);
  expect(streets[0]?.metres).toBeCloseTo(200, 0);
  expect(streets[0]?.per100m).toBeCloseTo(3, 1);
});

test("the sentence says how many have a street, and the note why others have none", () => {
  const clock = new Float64Array(168);
  clock[4 * 24 + 22] = 5;
  const noun = { one: "report", many: "reports" };
  const given = { noun, isDemo: false };
  const told = { total: 20, placed: 17, weeks: 8, hotSegments: 2, clock, hours: null, ...given };
  expect(describeStreets(told)).toBe(
    "20 reports in 8 weeks, 17 of them on a street; 2 stretches of street are hotspots, most on Friday 20:00 to midnight.",
  );
  expect(describeStreets({ ...told, hotSegments: 0 })).toContain(
    "no stretch of street is a hotspot",
  );
  expect(describeStreets({ ...told, placed: 0 })).toBe(
    "20 reports in 8 weeks, not yet matched to streets: undo the import, then import the files again.",
  );
  expect(describeStreets({ ...told, placed: 0, isDemo: true })).toBe(
    "20 reports in 8 weeks, not yet matched to streets: restart Boxster.",
  );
  expect(describeStreets({ ...told, total: 0 })).toBe("No reports in 8 weeks.");
  expect(describePlaced({ total: 20, placed: 20, elsewhere: 0, ...given })).toBeNull();
  expect(describePlaced({ total: 20, placed: 17, elsewhere: 2, ...given })).toBe(
    "17 of 20 reports have a street. Of the rest 1 came in before there were streets, without a point, or further than 30 m from any; 2 were placed on streets that have been replaced since. Records from before these streets: undo the import, then import the files again.",
  );
});
