import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromVectorTileJs, type VectorTileLike } from "@maplibre/vt-pbf";
import type { Bounds } from "#core/geo/bounds.ts";
import { type Tile, tilesOfArea } from "#core/geo/tiles/area-tiles.ts";
import { drawnFrom, namesFrom, tileLayers } from "#core/geo/tiles/street-tile.ts";
import { groupBy } from "#core/group-by.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { joinLines } from "#core/places/streets/source/join-lines.ts";
import { type TileFeature, unitsOfTile } from "#core/places/streets/source/tile-feature.ts";

/** As the package cuts lines: its own types name a class that is not exported. */
interface TileIndex {
  readonly getTile: (
    ...at: readonly [z: number, x: number, y: number]
  ) => { readonly features: readonly { tags: unknown; geometry: unknown }[] } | null;
}

export const lineZooms = { minZoom: 8, maxZoom: 14 } as const;

/** Tiles cut from lines. */
export function* tilesOfLines(
  lines: readonly StreetLine[],
  area: Bounds,
): Generator<{ readonly tile: Tile; readonly features: readonly TileFeature[] }> {
  const { minZoom, maxZoom } = lineZooms;
  const index = new GeoJSONVT(
    {
      type: "FeatureCollection",
      features: lines.map(({ line, class: kind, name }) => ({
        type: "Feature",
        properties: { kind, ...(name === null ? {} : { name }) },
        geometry: { type: "LineString", coordinates: line.map(([lng, lat]) => [lng, lat]) },
      })),
    },
    // Only tiles of the area are cut, however far a line extends.
    { maxZoom, extent: unitsOfTile },
  ) as unknown as TileIndex;
  for (const tile of tilesOfArea(area, minZoom, maxZoom)) {
    const cut = index.getTile(tile.z, tile.x, tile.y)?.features ?? [];
    const features = cut.flatMap(({ tags, geometry }): TileFeature[] => {
      const { kind, name } = (tags ?? {}) as Pick<StreetLine, "name"> & {
        kind: StreetLine["class"];
      };
      if (tile.z < drawnFrom[kind] && tile.z < maxZoom) return [];
      const parts = (geometry as unknown as [number, number][][]).map((part) =>
        part.map(([x, y]) => ({ x, y })),
      );
      const named = name && tile.z >= namesFrom ? { name } : {};
      return [{ layer: "roads", type: 2, tags: { kind, ...named }, parts, road: null }];
    });
    yield { tile, features };
  }
}

/**
 * A Mapbox Vector Tile of features, not packed; null of none. Roads of one kind and name are one
 * line where they meet: a name is written along a line, and finds no room on short ones.
 */
export function encodeTile(features: readonly TileFeature[]): Uint8Array | null {
  if (features.length === 0) return null;
  const byLayer = groupBy(features, ({ layer }) => layer);
  const entries = tileLayers.flatMap((name) => {
    const given = byLayer.get(name);
    if (!given) return [];
    const own = name === "roads" ? joinRoads(given) : given;
    const feature = (index: number) => {
      const { type, tags, parts } = own[index] as TileFeature;
      return { type, properties: tags, id: undefined, loadGeometry: () => parts };
    };
    return [[name, { version: 2, name, extent: unitsOfTile, length: own.length, feature }]];
  });
  // The writer uses only x and y of points, but its types ask for a point class.
  const layers: unknown = Object.fromEntries(entries);
  return fromVectorTileJs({ layers } as VectorTileLike);
}

function joinRoads(roads: readonly TileFeature[]): TileFeature[] {
  const alike = groupBy(roads, ({ tags }) => `${tags["kind"]} ${tags["name"]}`);
  return [...alike.values()].flatMap((all) => {
    const [first] = all as [TileFeature];
    const lines = joinLines(all.flatMap(({ parts }) => parts));
    return lines.map((line) => ({ ...first, parts: [line] }));
  });
}
