import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blockOf,
  boundsOfTile,
  columnAt,
  coveredBounds,
  latitudeAt,
  longitudeAt,
  rowAt,
  tilesOf,
  tilesOfArea,
} from "#core/geo/tiles/area-tiles.ts";

const area = { west: -0.25, south: 51.53, east: 0.05, north: 51.73 };

describe("the tiles of an area", () => {
  it("are the world's one tile at zoom 0, and 15 by 16 at zoom 14", () => {
    expect([...tilesOf(blockOf(area, 0))]).toEqual([{ z: 0, x: 0, y: 0 }]);
    const block = blockOf(area, 14);
    expect(block).toEqual({ z: 14, west: 8180, east: 8194, north: 5431, south: 5446 });
    expect([...tilesOf(block)]).toHaveLength(240);
  });

  it("touch it, each of them, and nothing that touches it is missing", () => {
    for (const z of [0, 3, 9, 12, 14]) {
      const block = blockOf(area, z);
      for (const tile of tilesOf(block)) {
        const bounds = boundsOfTile(tile);
        expect(bounds.west <= area.east && bounds.east >= area.west).toBe(true);
        expect(bounds.south <= area.north && bounds.north >= area.south).toBe(true);
      }
      const next = boundsOfTile({ z, x: block.east + 1, y: block.south + 1 });
      expect(next.west).toBeGreaterThan(area.east);
      expect(next.north).toBeLessThan(area.south);
    }
  });

  it("go from zoom to zoom", () => {
    const zooms = [...tilesOfArea(area, 2, 5)].map(({ z }) => z);
    expect([Math.min(...zooms), Math.max(...zooms)]).toEqual([2, 5]);
  });

  it("cover no more of it than they reach", () => {
    const tile = { z: 12, x: 2046, y: 1360 };
    const covered = coveredBounds(area, [tile]);
    const own = boundsOfTile(tile);
    expect(covered).toEqual({ ...own, west: Math.max(own.west, area.west) });
    expect(coveredBounds(area, [])).toBeNull();
  });
});

describe("columns and rows", () => {
  it("lead back to where they came from", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.integer({ min: 0, max: 16 }),
        (lng, lat, z) => {
          expect(longitudeAt(columnAt(lng, z), z)).toBeCloseTo(lng, 9);
          expect(latitudeAt(rowAt(lat, z), z)).toBeCloseTo(lat, 9);
        },
      ),
    );
  });
});
