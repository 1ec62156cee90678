import { type Bounds, blockOf, type Tile, tilesOf } from "#core/geo/tiles/area-tiles.ts";
import { namesOfTile } from "#core/geo/tiles/tile-names.ts";
import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import { type TileNames, tileNames } from "#core/geo/tiles/tile-schema.ts";
import { decodeTile } from "#server/places/basemap/decode-tile.ts";
import { compressions, unpackTile } from "#server/places/basemap/unpack.ts";

export interface SampledArchive {
  readonly schema: TileSchema;
  readonly bounds: Bounds;
  readonly maxZoom: number;
  /** Packed with gzip, as our own archives are; null where there is none. */
  readonly read: (tile: Tile) => Promise<Uint8Array | null>;
}

const mostSampled = 24;

/** Which names an archive carries, by tiles about its middle: the largest zoom has the most. */
export async function sampleNames({ schema, bounds, maxZoom, read }: SampledArchive) {
  const found = new Set<TileNames>();
  for (const tile of aboutMiddle(bounds, maxZoom)) {
    const packed = await read(tile);
    if (packed === null) continue;
    for (const kind of await namesIn(packed, tile, schema)) found.add(kind);
    if (found.size === tileNames.length) break;
  }
  return tileNames.filter((kind) => found.has(kind));
}

/** The nearest to the middle first. */
function aboutMiddle(bounds: Bounds, zoom: number): readonly Tile[] {
  const block = blockOf(bounds, zoom);
  const middle = [(block.west + block.east) / 2, (block.north + block.south) / 2] as const;
  const away = ({ x, y }: Tile) => Math.hypot(x - middle[0], y - middle[1]);
  return [...tilesOf(block)].sort((a, b) => away(a) - away(b)).slice(0, mostSampled);
}

/** One damaged tile says nothing of the others. */
async function namesIn(
  packed: Uint8Array,
  tile: Tile,
  schema: TileSchema,
): Promise<readonly TileNames[]> {
  try {
    return namesOfTile(schema, decodeTile(await unpackTile(packed, compressions.gzip), tile));
  } catch {
    return [];
  }
}
