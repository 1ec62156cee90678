import { expect, test } from "vitest";
import { sketchRoute } from "#client/plan/route-sketch.ts";
import { placeLabels } from "#client/plan/sketch-labels.ts";
import { clipLine, sketchView } from "#client/plan/sketch-view.ts";
import { metresBetween, type Position } from "#core/geo/cell.ts";

const size = { width: 900, height: 600 };

test("a view holds every position with its margin, north up, at one scale", () => {
  const positions: Position[] = [
    [-0.066, 51.614],
    [-0.06, 51.624],
  ];
  const view = sketchView(positions, size, { marginM: 100, leastM: 400 });
  const [south, north] = positions.map(view.toPoint);
  expect(north?.[1]).toBeLessThan(south?.[1] ?? 0);
  for (const [x, y] of positions.map(view.toPoint)) {
    expect(x).toBeGreaterThanOrEqual(100 * view.scale - 0.01);
    expect(y).toBeGreaterThanOrEqual(100 * view.scale - 0.01);
    expect(y).toBeLessThanOrEqual(600 - 100 * view.scale + 0.01);
  }
  const drawn = Math.hypot(
    (north?.[0] ?? 0) - (south?.[0] ?? 0),
    (north?.[1] ?? 0) - (south?.[1] ?? 0),
  );
  const metres = metresBetween(positions[0] ?? [0, 0], positions[1] ?? [0, 0]);
  expect(drawn / view.scale).toBeCloseTo(metres, -1);
});

test("one stop alone is not blown up beyond recognition", () => {
  const view = sketchView([[-0.06, 51.62]], size, { marginM: 50, leastM: 400 });
  expect(view.scale).toBeCloseTo(600 / 400, 6);
});

test("a line is cut at the edge, and one that leaves and returns becomes two", () => {
  const across = clipLine(
    [
      [-100, 300],
      [1000, 300],
    ],
    size,
  );
  expect(across).toEqual([
    [
      [0, 300],
      [900, 300],
    ],
  ]);
  const bent = clipLine(
    [
      [100, 100],
      [100, -100],
      [500, -100],
      [500, 100],
    ],
    size,
  );
  expect(bent).toHaveLength(2);
  const outside = clipLine(
    [
      [-50, -50],
      [-10, 700],
    ],
    size,
  );
  expect(outside).toEqual([]);
});

test("names stand where they touch neither a stop nor each other, or not at all", () => {
  const at = [450, 300] as const;
  const wish = (text: string) => ({ text, kind: "street" as const, spots: [{ at, turn: 0 }] });
  expect(placeLabels([wish("Town Road")], [], size)).toHaveLength(1);
  expect(placeLabels([wish("Town Road")], [{ at, radius: 20 }], size)).toHaveLength(0);
  expect(placeLabels([wish("Town Road"), wish("Church Street")], [], size)).toHaveLength(1);
});

test("a sketch has the stops in order and the roads that cross it", () => {
  const sketch = sketchRoute(
    {
      stops: [
        { order: 1, centre: [-0.0631, 51.6179] },
        { order: 2, centre: [-0.062, 51.62] },
      ],
      route: [
        [-0.0631, 51.6179],
        [-0.062, 51.62],
      ],
    },
    {
      roads: [
        {
          name: "Fore Street",
          line: [
            [-0.0651, 51.612],
            [-0.0601, 51.6245],
          ],
        },
        {
          name: "Far Road",
          line: [
            [0.2, 51.612],
            [0.3, 51.6245],
          ],
        },
      ],
      corners: [],
      streets: [],
      stations: [{ name: "Silver Street", at: [-0.0655, 51.6195] }],
      neighbourhoods: [],
    },
    size,
  );
  expect(sketch.roads.map((road) => road.name)).toEqual(["Fore Street"]);
  expect(sketch.labels.map((label) => label.text)).toEqual(
    expect.arrayContaining(["Fore Street", "Silver Street"]),
  );
  expect(sketch.stops.map((stop) => stop.order)).toEqual([1, 2]);
});
