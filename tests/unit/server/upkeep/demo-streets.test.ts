import { expect, test } from "vitest";
import { cellAt, cellCentre, disk, metresBetween } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { segmentName } from "#core/places/streets/graph.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import { segmentMiddle } from "#core/places/streets/segment-names.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createStreetLookup } from "#server/records/import/street-of-point.ts";
import { onStreets } from "#server/upkeep/demo/place-demo.ts";
import { blockOf, place } from "#tests/support/streets.ts";

const graph = buildGraph(blockOf(9));
const lookup = () =>
  createStreetLookup({ graph, nearest: createNearest(graph), network: "00".repeat(8) });
const events = disk(cellAt(place(4, 4), 10), 2).flatMap((cell) =>
  Array.from(
    { length: 12 },
    (): PoliceEvent => ({
      cell,
      kind: "complaint",
      source: "resident",
      category: "asb",
      startsAt: 0,
      endsAt: 0,
    }),
  ),
);

test("made-up events get a street in or beside their cell, the same each time, and keep all else", () => {
  const placed = onStreets(events, lookup());
  expect(placed).toEqual(onStreets(events, lookup()));
  expect(placed.map(({ street: _, ...event }) => event)).toEqual(events);
  const streets = placed.flatMap(({ cell, street }) => (street ? [{ cell, ...street }] : []));
  expect(streets.length).toBeGreaterThan(events.length / 3);
  // Several of one cell, not one for all.
  expect(new Set(streets.map(({ segment }) => segment)).size).toBeGreaterThan(20);
  for (const { cell, segment } of streets) {
    expect(metresBetween(cellCentre(cell), segmentMiddle(graph, segment))).toBeLessThan(170);
  }
});

test("made-up events lie on streets that people would name, where their cell has one", () => {
  const nameless = blockOf(9).map((line) => ({ ...line, name: null }));
  const named = buildGraph([...nameless.slice(1), ...blockOf(9).slice(8, 9)]);
  const placed = onStreets(
    events,
    createStreetLookup({ graph: named, nearest: createNearest(named), network: "00".repeat(8) }),
  );
  const at = cellAt(place(4, 4), 10);
  const here = placed.filter(({ cell, street }) => cell === at && street);
  const share = here.filter(({ street }) => street && segmentName(named, street.segment)).length;
  expect(share).toBeGreaterThan(0.7 * here.length);
  expect(here.length).toBeGreaterThan(6);
});

test("without streets they are stored as they were", () => {
  expect(onStreets(events, createStreetLookup(null))).toEqual(events);
});
