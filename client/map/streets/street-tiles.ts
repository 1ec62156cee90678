import type { VectorSourceSpecification } from "maplibre-gl";
import type { TileNames } from "#core/geo/tiles/street-tile.ts";

export interface StreetTiles {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Changes with the tiles: a browser may keep a tile of one version for good. */
  readonly version: string;
  /** Whom every map and every paper that shows them must name. */
  readonly attribution: string;
  /** West, south, east, north of the streets: their tiles reach further, and beyond is nothing in them. */
  readonly bounds: readonly [number, number, number, number];
  /** Stretches of the built-in main roads that they lack. */
  readonly roads: readonly { readonly name: string; readonly line: [number, number][] }[];
  /** Which names they carry: the others come from the built-in map. */
  readonly names: readonly TileNames[];
}

/** `{z}/{x}/{y}` stay to be filled in. A tile of one version never changes. */
export function tileAddress({ version }: Pick<StreetTiles, "version">): string {
  return `/api/tiles/{z}/{x}/{y}?v=${encodeURIComponent(version)}`;
}

/** Closer than the archive's largest zoom MapLibre draws the tiles of that one larger. */
export function streetSource(tiles: StreetTiles): VectorSourceSpecification {
  return {
    type: "vector",
    // Absolute: a worker has no page address to resolve it against.
    tiles: [`${location.origin}${tileAddress(tiles)}`],
    minzoom: tiles.minZoom,
    maxzoom: tiles.maxZoom,
    bounds: [...tiles.bounds],
  };
}
