import { expect, test } from "vitest";
import { placeLabels } from "#client/map/sketch-labels.ts";
import { clipLine, sketchView } from "#client/map/sketch-view.ts";
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
