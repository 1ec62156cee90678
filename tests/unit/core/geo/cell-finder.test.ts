import { cellToLatLng, getPentagons } from "h3-js";
import { describe, expect, test } from "vitest";
import { cellAt, cellRing, disk, type Position } from "#core/geo/cell.ts";
import { cellFinder } from "#core/geo/cell-finder.ts";
import { createRandom } from "#core/random.ts";

const random = createRandom(23);
const around = ([lng, lat]: Position, wide: number): Position => [
  lng + (random.next() - 0.5) * wide,
  lat + (random.next() - 0.5) * wide,
];
/** Twice, as only the second time the cells are there already. */
function otherwise(positions: readonly Position[]) {
  const cellOf = cellFinder();
  const all = [...positions, ...positions];
  return all.filter((position) => cellOf(position) !== cellAt(position, 10));
}

describe("cells of many points", () => {
  const enfield: Position = [-0.0634, 51.6255];
  const places: Record<string, Position> = {
    enfield,
    "the date line": [179.9999, -16.5],
    "the meeting of equator and meridian": [0, 0],
    "the pole": [0, 89.999],
    "an edge between two faces": [0.6, 45.7],
  };

  test.each(Object.entries(places))("are those of H3 itself at %s", (_, place) => {
    for (const wide of [0.01, 0.2, 20]) {
      expect(otherwise(Array.from({ length: 4_000 }, () => around(place, wide)))).toEqual([]);
    }
  });

  test("are those of H3 all over the earth, and around each pentagon", () => {
    const anywhere = Array.from(
      { length: 20_000 },
      (): Position => [
        random.next() * 360 - 180,
        (Math.asin(random.next() * 2 - 1) * 180) / Math.PI,
      ],
    );
    expect(otherwise(anywhere)).toEqual([]);
    for (const pentagon of getPentagons(10)) {
      const [lat, lng] = cellToLatLng(pentagon);
      const near = [0.0001, 0.005, 0.2].flatMap((wide) =>
        Array.from({ length: 500 }, () => around([lng, lat], wide)),
      );
      expect(otherwise(near), pentagon).toEqual([]);
    }
  });

  test("are those of H3 along and beside every edge and at every corner", () => {
    const rings = disk(cellAt(enfield, 10), 6).map(cellRing);
    const onEdges = rings.flatMap((ring) =>
      ring.slice(1).flatMap((to, at): Position[] => {
        const [lng, lat] = ring[at] as Position;
        return [0, 0.25, 0.5, random.next()].flatMap((share): Position[] => {
          const on: Position = [lng + (to[0] - lng) * share, lat + (to[1] - lat) * share];
          return [0, 1e-12, 1e-9, 3e-7, 1e-6, 3e-6].map((off) => around(on, off));
        });
      }),
    );
    expect(otherwise(onEdges)).toEqual([]);
  });

  test("are the same string for one cell, and asked once", () => {
    const cellOf = cellFinder();
    const positions = Array.from({ length: 50 }, () => around(enfield, 1e-6));
    expect(new Set(positions.map(cellOf)).size).toBe(1);
  });
});
