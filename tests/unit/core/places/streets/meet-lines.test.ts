import { describe, expect, test } from "vitest";
import { buildGraph, graphOfTiles } from "#core/places/streets/build-graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { meetLines, type Reach, reachOfTiles } from "#core/places/streets/meet-lines.ts";
import { checkGraph } from "#core/places/streets/parts.ts";
import { street } from "#tests/support/streets.ts";

const reach: Reach = { withinMetres: 3, gapMetres: 0, crosses: true };
const through = street("-2 0, 2 0");

function told(lines: readonly StreetLine[], how: Partial<Reach> = {}) {
  const graph = buildGraph(meetLines(lines, { ...reach, ...how }));
  const { segments, parts, km } = checkGraph(graph);
  return { segments, parts, metres: Math.round(km * 1000) };
}

describe("lines that were drawn to meet", () => {
  test("a side street that ends beside the line meets it, short of it or past it", () => {
    for (const end of [0.02, -0.02, 0]) {
      expect(
        told([
          through,
          street([
            [0.3, 2],
            [0.31, end],
          ]),
        ]),
      ).toMatchObject({
        segments: 3,
        parts: 1,
      });
    }
    expect(told([through, street("0.3 2, 0.31 0.05")])).toMatchObject({ parts: 2 });
  });

  test("ends that lie apart by rounding become one vertex", () => {
    const lines = [through, street("2.01 0.01, 4 0"), street("2 -0.015, 2 -2")];
    expect(told(lines)).toMatchObject({ segments: 3, parts: 1 });
  });

  test("two streets that cross meet, with a vertex there or without", () => {
    const crossed = { segments: 4, parts: 1, metres: 800 };
    expect(told([through, street("0.1 -2, 0.1 2")])).toEqual(crossed);
    expect(told([through, street("0.1 -2, 0.1 0.01, 0.1 2")])).toEqual(crossed);
    expect(told([through, street("0.1 -2, 0.1 0, 0.1 2")])).toEqual(crossed);
  });

  test("a bridge goes over the street below, and comes down on its own", () => {
    const bridge = street("0 -1, 0 1", { level: 1 });
    const ramps = [street("0 -3, 0 -1"), street("0 1, 0 3")];
    expect(told([through, bridge, ...ramps])).toMatchObject({ segments: 2, parts: 2 });
    const under = street("1 -2, 1 0.01", { level: -1 });
    expect(told([through, under])).toMatchObject({ segments: 2, parts: 2 });
  });

  test("a motorway is not crossed on foot", () => {
    const motorway = street("0 -2, 0 2", { class: "motorway" });
    expect(told([through, motorway])).toMatchObject({ segments: 2, parts: 2 });
  });

  test("streets beside each other stay apart", () => {
    expect(told([through, street("-2 0.02, 2 0.02")], { withinMetres: 1 })).toMatchObject({
      segments: 2,
      parts: 2,
    });
  });

  test("a gap that a low zoom leaves is closed, and a wider one is not", () => {
    const lines = [through, street("0.3 2, 0.3 0.4")];
    expect(told(lines, { gapMetres: 50 })).toEqual({ segments: 3, parts: 1, metres: 600 });
    expect(told(lines, { gapMetres: 30 })).toMatchObject({ parts: 2 });
  });

  test("lines without pieces stay as they are", () => {
    expect(meetLines([street("0 0")], reach)).toEqual([street("0 0")]);
    expect(meetLines([], reach)).toEqual([]);
  });
});

test("tiles of a low zoom reach further", () => {
  const high = reachOfTiles(15, 51.6);
  expect([high.gapMetres, Math.round(100 * high.withinMetres)]).toEqual([0, 37]);
  expect(Math.round(reachOfTiles(12, 51.6).gapMetres)).toBe(59);
});

test("the graph of tiles has met lines, at the latitude where they lie", () => {
  const lines = [through, street("0.3 2, 0.3 0.4")];
  expect(checkGraph(graphOfTiles(lines, 12))).toMatchObject({ segments: 3, parts: 1 });
  expect(checkGraph(graphOfTiles(lines, 15))).toMatchObject({ segments: 2, parts: 2 });
  expect(graphOfTiles([], 15).segmentCount).toBe(0);
});
