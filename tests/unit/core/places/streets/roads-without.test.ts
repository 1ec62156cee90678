import { expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import { roadsWithout } from "#core/places/streets/roads-without.ts";
import { place, street } from "#tests/support/streets.ts";

const road = (...points: readonly (readonly [number, number])[]) => ({
  name: "Fore Street",
  line: points.map(([east, north]): [number, number] => {
    const [lng, lat] = place(east, north);
    return [lng, lat];
  }),
});
const lacked = (line: ReturnType<typeof road>, ...streets: Parameters<typeof street>[0][]) =>
  roadsWithout([line], createNearest(buildGraph(streets.map((corners) => street(corners)))));

test("a road that the streets have, thirty metres off at most, is not lacked", () => {
  const beside = [
    [0.3, 0],
    [0.3, 10],
  ] as const;
  expect(lacked(road([0, 0], [0, 10]), beside)).toEqual([]);
});

test("a road is lacked from where its street ends to its own end, and in a gap", () => {
  const line = road([0, 0], [0, 10], [0, 12]);
  const [north, ...more] = lacked(line, [
    [0, 0],
    [0, 6],
  ]);
  expect(more).toEqual([]);
  expect(north?.line.at(-1)).toEqual(place(0, 12).map((one) => expect.closeTo(one, 4)));
  expect(metresBetween(north?.line[0] ?? [0, 0], place(0, 6))).toBeLessThan(60);
  const gap = lacked(
    line,
    [
      [0, 0],
      [0, 3],
    ],
    [
      [0, 8],
      [0, 12],
    ],
  );
  expect(gap).toHaveLength(1);
  expect(metresBetween(gap[0]?.line[0] ?? [0, 0], gap[0]?.line.at(-1) ?? [0, 0])).toBeGreaterThan(
    400,
  );
});

test("a stretch of a junction's length is none", () => {
  const streets = [
    [
      [0, 0],
      [0, 4],
    ],
    [
      [0, 5],
      [0, 10],
    ],
  ] as const;
  expect(lacked(road([0, 0], [0, 10]), ...streets)).toEqual([]);
});
