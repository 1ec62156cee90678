import { fc, test } from "@fast-check/vitest";
import { booleanIntersects } from "@turf/turf";
import { describe, expect } from "vitest";
import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import { countNear, createFactorIndex, nearMetres } from "#core/places/layers/near.ts";
import type { PlaceFactor } from "#core/places/wire/layers.ts";
import { someTries } from "#tests/support/runs.ts";

const middle: Position = [-0.0634, 51.6255];
const cell = cellAt(middle, 10);
const offset = fc.tuple(
  fc.double({ min: -0.006, max: 0.006, noNaN: true }),
  fc.double({ min: -0.004, max: 0.004, noNaN: true }),
);
const at = offset.map(([lng, lat]): [number, number] => [middle[0] + lng, middle[1] + lat]);
const pointFactor = at.map((line): PlaceFactor => ({ shape: "point", label: null, line: [line] }));
const lineFactor = fc
  .array(at, { minLength: 2, maxLength: 5 })
  .map((line): PlaceFactor => ({ shape: "line", label: null, line }));

/** By brute force: the shortest way from any of many points of the hexagon's edge. */
function edgeDistance(of: typeof cell, to: Position): number {
  const ring = cellRing(of);
  let least = Number.POSITIVE_INFINITY;
  for (let side = 0; side + 1 < ring.length; side += 1) {
    const [from, end] = [ring[side] as Position, ring[side + 1] as Position];
    for (let step = 0; step <= 200; step += 1) {
      const share = step / 200;
      const on: Position = [
        from[0] + share * (end[0] - from[0]),
        from[1] + share * (end[1] - from[1]),
      ];
      least = Math.min(least, metresBetween(on, to));
    }
  }
  return least;
}

describe("what lies near a cell", () => {
  test.prop([pointFactor], someTries)(
    "a point is near within 100 m of the outline, or inside",
    (factor) => {
      const place = factor.line[0] as Position;
      const isInside = cellAt(place, 10) === cell;
      const distance = isInside ? 0 : edgeDistance(cell, place);
      fc.pre(Math.abs(distance - nearMetres) > 1);
      const [found] = createFactorIndex({ kinds: [{ kind: "stop", factors: [factor] }] }).near(
        cell,
      );
      expect(found !== undefined).toBe(distance <= nearMetres);
      if (found) expect(Math.abs(found.metres - distance)).toBeLessThan(0.5);
    },
  );

  test.prop([lineFactor], someTries)(
    "a line that meets the cell is at 0, as turf says too",
    (factor) => {
      const meets = booleanIntersects(
        { type: "LineString", coordinates: factor.line },
        { type: "Polygon", coordinates: [cellRing(cell).map(([lng, lat]) => [lng, lat])] },
      );
      const [found] = createFactorIndex({ kinds: [{ kind: "alley", factors: [factor] }] }).near(
        cell,
      );
      expect(found?.metres === 0).toBe(meets);
    },
  );

  test.prop(
    [fc.array(pointFactor, { maxLength: 40 }), fc.array(lineFactor, { maxLength: 10 })],
    someTries,
  )("asking for many cells gives what asking for each does", (stops, alleys) => {
    const index = createFactorIndex({
      kinds: [
        { kind: "stop", factors: stops },
        { kind: "alley", factors: alleys },
      ],
    });
    const cells = disk(cell, 2);
    const counts = countNear(cells, index);
    cells.forEach((one, place) => {
      const near = index.near(one);
      for (const kind of index.kinds) {
        expect(counts.get(kind)?.[place]).toBe(near.filter((each) => each.kind === kind).length);
      }
      expect(near.map(({ metres }) => metres)).toEqual(
        near.map(({ metres }) => metres).sort((a, b) => a - b),
      );
    });
  });

  test.prop([at], someTries)("a ground that holds the cell is at 0", (away) => {
    const size = 0.02;
    const [lng, lat] = cellCentre(cell);
    const corner = (x: number, y: number): [number, number] => [
      lng + (away[0] - middle[0]) + x * size,
      lat + (away[1] - middle[1]) + y * size,
    ];
    const line = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
    const ground: PlaceFactor = { shape: "ground", label: null, line };
    const border: PlaceFactor = { shape: "line", label: null, line };
    const index = (factor: PlaceFactor) =>
      createFactorIndex({ kinds: [{ kind: "late_venue", factors: [factor] }] }).near(cell);
    expect(index(ground)[0]?.metres).toBe(0);
    expect(index(border)).toEqual([]);
  });
});
