import { VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";
import { rasterWords } from "#server/places/streets/archive/pmtiles-words.ts";

/** The layers of a tile that is not packed; refused where it is no vector tile. */
export function decodeTile(
  plain: Uint8Array,
  { z, x, y }: Tile,
): Readonly<Record<string, VectorTileLayer>> {
  const picture = pictureOf(plain);
  if (picture !== null) throw new ArchiveFault(rasterWords(picture));
  let layers: Readonly<Record<string, VectorTileLayer>>;
  try {
    layers = new VectorTile(new PbfReader(plain)).layers;
  } catch (cause) {
    throw new ArchiveFault(`Tile ${z}/${x}/${y} is no vector tile: the archive is damaged.`, {
      cause,
    });
  }
  const features = Object.values(layers).reduce((sum, { length }) => sum + length, 0);
  if (features <= mostFeatures) return layers;
  throw new ArchiveFault(
    `Tile ${z}/${x}/${y} has ${features} features, and the most that is read is ${mostFeatures}: get another archive.`,
  );
}

/** The fullest of the planet have some 20,000. */
const mostFeatures = 200_000;

function pictureOf(octets: Uint8Array): string | null {
  const head = Buffer.from(octets.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG")) return "PNG";
  if (head.startsWith("\xff\xd8\xff")) return "JPEG";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "WebP" : null;
}
