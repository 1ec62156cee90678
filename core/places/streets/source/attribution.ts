import type { TileSchema } from "#core/geo/tiles/street-tile.ts";
import { schemas } from "#core/places/streets/source/schema.ts";
import { plainAttribution } from "#core/text/attribution.ts";

/** Whom the map must name: OpenStreetMap asks for its name and its contributors where an archive says "© OSM". */
export function attributionOf(written: unknown, schema: TileSchema): string {
  const plain = plainAttribution(written);
  const isTooShort = plain === null || /^©? ?(OSM|OpenStreetMap)$/i.test(plain);
  return isTooShort ? schemas[schema].attribution : plain;
}
