import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import { schemaWords } from "#core/places/basemap/schema.ts";

const longest = 200;
const entities: Readonly<Record<string, string>> = {
  "&copy;": "©",
  "&#169;": "©",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&lt;": "",
  "&gt;": "",
};

/** Whom the map must name, in plain words of one line: archives write it in HTML, which is drawn nowhere. */
export function attributionOf(written: unknown, schema: TileSchema): string {
  if (typeof written !== "string") return schemaWords[schema].attribution;
  const plain = written
    .replace(/<[^>]*>/g, " ")
    .replace(/&#?\w+;/g, (entity) => entities[entity.toLowerCase()] ?? " ")
    .replace(/[<>\p{Cc}\p{Cf}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (plain === "" || isTooShort(plain)) return schemaWords[schema].attribution;
  return plain.slice(0, longest).trim();
}

/** "© OSM", as some archives have it: OpenStreetMap asks for its name and its contributors. */
function isTooShort(plain: string): boolean {
  return /^©? ?(OSM|OpenStreetMap)$/i.test(plain);
}
