import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { readTile } from "#core/places/streets/source/read-tile.ts";
import { encodeTile as encodeKept } from "#server/places/streets/make-tiles.ts";
import { sceneFeatures } from "#tests/support/street-scene.ts";
import { encodeTile, type TileAddress } from "#tests/support/vector-tile.ts";

/** A tile of the scene as it is kept of an archive, not packed; null where the scene has nothing. */
export function keptTile(tile: TileAddress, maxZoom = 14): Uint8Array<ArrayBuffer> | null {
  const given = encodeTile(tile, sceneFeatures("protomaps"));
  if (given === null) return null;
  const { layers } = new VectorTile(new PbfReader(given));
  const kept = encodeKept(readTile("protomaps", layers, { zoom: tile.z, maxZoom }));
  return kept && Uint8Array.from(kept);
}
