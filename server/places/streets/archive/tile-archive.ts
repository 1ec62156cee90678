import type { Tile } from "#core/geo/tiles/area-tiles.ts";

/** What an archive says of itself, in either format. */
export interface ArchiveWords {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Null where it does not name them. */
  readonly layers: readonly string[] | null;
  /** As written, often HTML. */
  readonly attribution: unknown;
  /** West, south, east, north of all that it has, where it says so. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** How its tiles are packed, as PMTiles counts. */
  readonly compression: number;
}

/** An archive on this machine. */
export interface TileArchive extends ArchiveWords {
  /** As stored; null where there is no such tile. */
  readonly read: (tile: Tile) => Promise<Uint8Array | null>;
  readonly close: () => Promise<void>;
}

/** The names in `vector_layers`, which both formats have from TileJSON. */
export function layerNames(vectorLayers: unknown): readonly string[] | null {
  if (!Array.isArray(vectorLayers)) return null;
  const names = vectorLayers.flatMap((layer: unknown) =>
    typeof layer === "object" && layer !== null && "id" in layer && typeof layer.id === "string"
      ? [layer.id]
      : [],
  );
  return names.length === 0 ? null : names;
}
