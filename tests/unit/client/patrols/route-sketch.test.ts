import { expect, test } from "vitest";
import { discsAlong, discsOf, touches } from "#client/map/sketch-labels.ts";
import type { SketchPoint } from "#client/map/sketch-view.ts";
import { sketchRoute } from "#client/patrols/briefing/route-sketch.ts";
import { findStops } from "#client/patrols/briefing/stop-finding.ts";
import { cellAt, cellCentre, metresBetween, outlineOf, type Position } from "#core/geo/cell.ts";
import { routeCells } from "#core/patrols/ground/leg.ts";

const size = { width: 900, height: 600 };

/** A fore street with side streets on both hands, as the bundled places have them. */
const walk: readonly Position[] = [
  [-0.0631, 51.6179],
  [-0.0615, 51.6205],
  [-0.0637, 51.6191],
];
const ground = {
  roads: [
    {
      name: "Fore Street",
      line: [
        [-0.0651, 51.612],
        [-0.0601, 51.6245],
      ] as [number, number][],
    },
    {
      name: "Far Road",
      line: [
        [0.2, 51.612],
        [0.3, 51.6245],
      ] as [number, number][],
    },
  ],
  corners: [
    { road: "Fore Street", name: "Brettenham Road", at: [-0.0621, 51.6194] as [number, number] },
  ],
  streets: [
    { name: "Brettenham Road", at: [-0.0592, 51.6187] as [number, number] },
    { name: "Park Road", at: [-0.0659, 51.6187] as [number, number] },
    { name: "Solomon Avenue", at: [-0.0648, 51.6197] as [number, number] },
    { name: "Nobel Road", at: [-0.03, 51.6197] as [number, number] },
  ],
  stations: [{ name: "Silver Street", at: [-0.0668, 51.6205] as [number, number] }],
  neighbourhoods: [{ name: "Edmonton", at: [-0.0585, 51.6205] as [number, number] }],
};
const walked = walk.map((centre, index) => ({
  order: index + 1,
  centre,
  cell: cellAt(centre, 10),
  place: ["Fore Street", "Park Road, Edmonton", "Fore Street"][index] ?? "",
}));

test("without streets the map names roads and stations, and the corners and streets about its stops, once and apart", () => {
  const sketch = sketchRoute({ stops: walked }, ground, { width: 1080, height: 830 });
  expect(sketch.labels.map(({ text }) => text).sort()).toEqual([
    "Brettenham Road",
    "Fore Street",
    "Park Road",
    "Silver Street station",
    "Solomon Avenue",
  ]);
  const discs = sketch.labels.map(discsOf);
  discs.forEach((own, index) => {
    for (const other of discs.slice(index + 1).flat()) {
      expect(own.some((disc) => touches(disc, other))).toBe(false);
    }
    for (const { at } of sketch.stops) {
      expect(own.some((disc) => touches(disc, { at, radius: 22 }))).toBe(false);
    }
  });
});

test("a corner's name stands at the corner and is not said again", () => {
  const { labels } = sketchRoute({ stops: walked }, ground, { width: 1080, height: 830 });
  expect(labels.filter(({ text }) => text === "Brettenham Road").map(({ kind }) => kind)).toEqual([
    "corner",
  ]);
});

test("names that are crowded stand farther off with a line that leads to them", () => {
  const streets = Array.from({ length: 14 }, (_, index) => ({
    name: `Crowded Street ${index}`,
    at: [-0.0648, 51.6197 + index * 5e-5] as [number, number],
  }));
  const { labels } = sketchRoute(
    { stops: walked },
    { ...ground, streets },
    { width: 1080, height: 830 },
  );
  expect(labels.some(({ leader }) => leader !== null)).toBe(true);
});

test("the corridor holds the cells of stops and legs and the frame follows from them alone", () => {
  const sketch = sketchRoute({ stops: walked }, ground, { width: 1080, height: 830 });
  const hexagons = outlineOf(routeCells(walked.map(({ cell }) => cell))).flat();
  expect(sketch.corridor.map((ring) => ring.length)).toEqual(hexagons.map((ring) => ring.length));
  for (const [x, y] of sketch.corridor.flat()) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(1080);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(830);
  }
});

test("a larger map shows more ground with its names, not larger hexagons", () => {
  const small = sketchRoute({ stops: walked.slice(0, 1) }, ground, { width: 960, height: 840 });
  const large = sketchRoute({ stops: walked.slice(0, 1) }, ground, { width: 1900, height: 1400 });
  const perMetre = ({ scaleBar }: typeof small) => scaleBar.length / scaleBar.metres;
  expect(perMetre(large)).toBeLessThanOrEqual(1.9);
  expect(large.labels.length).toBeGreaterThan(small.labels.length);
});

test("no line leads from stop to stop where no way by street is known", () => {
  const size = { width: 1080, height: 830 };
  expect(sketchRoute({ stops: walked }, ground, size).legs).toEqual([]);
  const legs = [{ line: null }, { line: null }];
  const sketch = sketchRoute({ stops: walked, legs, route: walk }, ground, size);
  expect(sketch.legs).toEqual([]);
  expect(sketch.stops.map(({ order }) => order)).toEqual([1, 2, 3]);
});

test("a named point is a short tick that ends at its name, on the hand of its road where the street lies", () => {
  const { labels, view } = sketchRoute({ stops: walked }, ground, { width: 1080, height: 830 });
  const points = labels.filter(({ kind }) => kind === "corner" || kind === "street");
  expect(points.length).toBeGreaterThan(2);
  for (const { leader } of points) {
    const [from, to] = leader ?? [
      [0, 0],
      [999, 999],
    ];
    expect(Math.hypot(to[0] - from[0], to[1] - from[1])).toBeLessThan(60);
  }
  // Brettenham Road lies east of Fore Street.
  const corner = points.find(({ kind }) => kind === "corner");
  expect(corner?.leader?.[0]).toEqual(view.toPoint(ground.corners[0]?.at ?? [0, 0]));
  expect(corner?.at[0]).toBeGreaterThan(corner?.leader?.[0][0] ?? 0);
  const mirrored = {
    ...ground,
    streets: [{ name: "Brettenham Road", at: [-0.065, 51.6201] as [number, number] }],
  };
  const west = sketchRoute({ stops: walked }, mirrored, { width: 1080, height: 830 });
  const turned = west.labels.find(({ kind }) => kind === "corner");
  expect(turned?.at[0]).toBeLessThan(turned?.leader?.[0][0] ?? 0);
});

test("where names are crowded, those that the stops are told by get room first; one far from every stop gets none", () => {
  const told = ground.streets.find(({ name }) => name === "Solomon Avenue");
  const [lng, lat] = told?.at ?? [0, 0];
  const crowd = Array.from({ length: 30 }, (_, index) => ({
    name: `Crowded Street ${index}`,
    at: [lng + 1e-5 * (index % 6), lat - 2e-5 * index] as [number, number],
  }));
  const streets = [
    ...crowd,
    ...ground.streets,
    { name: "Far Close", at: [-0.0685, 51.6166] as [number, number] },
  ];
  const { labels } = sketchRoute(
    { stops: walked },
    { ...ground, streets },
    { width: 1900, height: 1250 },
  );
  const names = labels.map(({ text }) => text);
  const words = findStops(walked, { ...ground, streets }).join();
  const spoken = streets.map(({ name }) => name).filter((name) => words.includes(name));
  expect(spoken.length).toBeGreaterThan(1);
  for (const name of spoken) expect(names).toContain(name);
  expect(names.length).toBeLessThan(streets.length);
  expect(names).not.toContain("Far Close");
});

test("the scale bar is as long as it says", () => {
  const { scaleBar, stops } = sketchRoute({ stops: walked }, ground, { width: 1080, height: 830 });
  const [one, two] = stops;
  const drawn = Math.hypot(
    (two?.at[0] ?? 0) - (one?.at[0] ?? 0),
    (two?.at[1] ?? 0) - (one?.at[1] ?? 0),
  );
  const metres = metresBetween(walk[0] ?? [0, 0], walk[1] ?? [0, 0]);
  expect((scaleBar.metres / scaleBar.length) * drawn).toBeCloseTo(metres, -1);
  expect(scaleBar.length).toBeGreaterThanOrEqual(130);
});

test("each stop is found from the one before, a station and a corner that exist", () => {
  expect(findStops(walked, ground)).toEqual([
    "400 m south-east of Silver Street station; 200 m south-west of Fore Street by Brettenham Road",
    "300 m north of stop 1; 150 m north of Fore Street by Brettenham Road",
    "200 m south-west of stop 2; 100 m south-east of Solomon Avenue",
  ]);
  const bare = { ...ground, corners: [], streets: [] };
  expect(findStops(walked, bare)[1]).toBe(
    "300 m north of stop 1; 350 m east of Silver Street station",
  );
  expect(findStops([], ground)).toEqual([]);
});

test("a sketch has the stops in order and the roads that cross it", () => {
  const sketch = sketchRoute({ stops: walked }, ground, size);
  expect(sketch.roads.map((road) => road.name)).toEqual(["Fore Street"]);
  expect(sketch.stops.map((stop) => stop.order)).toEqual([1, 2, 3]);
});

test("by street a leg is drawn along its line, its arrow half way; the frame holds every cell of it", () => {
  const [first, second, third] = walk as [Position, Position, Position];
  const bend: Position = [-0.0655, 51.6183];
  const line = [first, bend, second];
  const cells = [...new Set([...line.map((at) => cellAt(at, 10)), cellAt(third, 10)])];
  const legs = [{ line }, { line: null }];
  const route = cells.map(cellCentre);
  const size = { width: 1080, height: 830 };
  const sketch = sketchRoute({ stops: walked, legs, route }, ground, size);
  expect(sketch.legs.map(({ line }) => line.length)).toEqual([3]);
  expect(sketch.corridor.flat()).toHaveLength(outlineOf(cells).flat(2).length);
  for (const [x, y] of sketch.legs.flatMap((leg) => leg.line)) {
    expect(x > 0 && x < size.width && y > 0 && y < size.height).toBe(true);
  }
  const none: SketchPoint = [0, 0];
  const [from = none, over = none, to = none] = sketch.legs[0]?.line ?? [];
  const apart = (a: SketchPoint, b: SketchPoint) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const half = (apart(from, over) + apart(over, to)) / 2;
  const outer = apart(from, over) > half ? from : to;
  expect(apart(outer, sketch.legs[0]?.middle ?? over)).toBeCloseTo(half, 6);
});

test("with streets a name keeps off the way that goes along its street, and one too short for its name has none", () => {
  const [first, second, third] = walk as [Position, Position, Position];
  const north: Position = [-0.0601, 51.6245];
  const line = (name: string, line: readonly Position[]) => ({ kind: "main", name, line }) as const;
  const mews: Position = [-0.0655, 51.619];
  const short: Position = [mews[0] + 4e-4, mews[1]];
  const streets = {
    lines: [line("Fore Street", [first, second, north]), line("Station House Mews", [mews, short])],
    water: [],
    green: [],
    roads: [],
  };
  const legs = [{ line: [first, second] }, { line: [second, third] }];
  const sketch = sketchRoute({ stops: walked, legs, route: walk }, ground, size, streets);
  const names = sketch.labels.map(({ text }) => text);
  expect(names).toContain("Fore Street");
  expect(names).not.toContain("Station House Mews");
  const along = sketch.legs.flatMap(({ line }) => discsAlong(line));
  expect(along.length).toBeGreaterThan(20);
  for (const own of sketch.labels.map(discsOf)) {
    expect(own.some((disc) => along.some((other) => touches(disc, other)))).toBe(false);
  }
});
