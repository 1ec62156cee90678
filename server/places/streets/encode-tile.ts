import { fromVectorTileJs, type VectorTileLike } from "@maplibre/vt-pbf";
import { tileLayers } from "#core/geo/tiles/street-tile.ts";
import { type TileFeature, unitsOfTile } from "#core/places/streets/source/tile-feature.ts";

/** A Mapbox Vector Tile of features, not packed; null of none. */
export function encodeTile(features: readonly TileFeature[]): Uint8Array | null {
  if (features.length === 0) return null;
  const entries = tileLayers.flatMap((name) => {
    const own = features.filter(({ layer }) => layer === name);
    if (own.length === 0) return [];
    const feature = (index: number) => {
      const { type, tags, parts } = own[index] as TileFeature;
      return { type, properties: tags, id: undefined, loadGeometry: () => parts };
    };
    return [[name, { version: 2, name, extent: unitsOfTile, length: own.length, feature }]];
  });
  // The writer asks points for x and y alone, and its types for a class of points.
  const layers: unknown = Object.fromEntries(entries);
  return fromVectorTileJs({ layers } as VectorTileLike);
}
