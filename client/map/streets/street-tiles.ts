import type { VectorSourceSpecification } from "maplibre-gl";
import type { TileSchema } from "#client/map/streets/translation.ts";

/** What is known of the vector tiles that streets are drawn from. */
export interface StreetTiles {
  readonly schema: TileSchema;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Changes with the tiles: a browser may keep a tile of one version for ever. */
  readonly version: string;
  /** Whose data they are; it stands on every map and every paper that shows them. */
  readonly attribution: string;
  /** West, south, east, north of what they cover. */
  readonly bounds: readonly [number, number, number, number];
  /** Which names they carry; those they do not carry come from the built-in map. */
  readonly names: readonly TileNames[];
}

export type TileNames = "streets" | "places" | "stations";

/** For those signed in, or for what is public. */
export type TileAudience = "signed-in" | "public";

const roots = { "signed-in": "/api/tiles", public: "/api/public/tiles" } as const;

/** `{z}/{x}/{y}` stay to be filled in. */
export function tileAddress({ version }: StreetTiles, audience: TileAudience): string {
  return `${roots[audience]}/{z}/{x}/{y}?v=${encodeURIComponent(version)}`;
}

/** Where tiles have larger scales than the archive, MapLibre draws its largest ones larger. */
export function streetSource(tiles: StreetTiles): VectorSourceSpecification {
  return {
    type: "vector",
    // A worker has no address of its own to complete this one by.
    tiles: [`${location.origin}${tileAddress(tiles, "signed-in")}`],
    minzoom: tiles.minZoom,
    maxzoom: tiles.maxZoom,
    bounds: [...tiles.bounds],
  };
}
