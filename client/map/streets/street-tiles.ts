import type { VectorSourceSpecification } from "maplibre-gl";
import type { ShownBasemap } from "#core/places/wire/places.ts";

/** `{z}/{x}/{y}` stay to be filled in. A tile of one version never changes. */
export function tileAddress({ version }: Pick<ShownBasemap, "version">): string {
  return `/api/tiles/{z}/{x}/{y}?v=${encodeURIComponent(version)}`;
}

/** Closer than the archive's largest zoom MapLibre draws the tiles of that one larger. */
export function streetSource(tiles: ShownBasemap): VectorSourceSpecification {
  return {
    type: "vector",
    // A worker has no address of its own to complete this one by.
    tiles: [`${location.origin}${tileAddress(tiles)}`],
    minzoom: tiles.minZoom,
    maxzoom: tiles.maxZoom,
    bounds: [...tiles.bounds],
  };
}
