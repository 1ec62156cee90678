import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import { holds, type NameTable, translations } from "#core/geo/tiles/translation.ts";
import type { DecodedLayer } from "#core/places/basemap/read-roads.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { NamedPlace, PlaceKind } from "#core/places/pack/names-file.ts";

/** A point, as vector tiles count kinds of geometry. */
const pointType = 1;
const longestName = 80;

/** The names of neighbourhoods and stations that a tile labels; what its margin repeats of the next tile is left out. */
export function labelsOfTile(
  schema: TileSchema,
  tile: Tile,
  layers: Readonly<Record<string, DecodedLayer>>,
): NamedPlace[] {
  const { places, towns, stations } = translations[schema];
  const of = (kind: PlaceKind, table: NameTable) => labelsOf(tile, layers, { kind, table });
  return [
    ...of("neighbourhood", places),
    ...of("neighbourhood", towns),
    ...of("station", stations),
  ];
}

function labelsOf(
  { z, x, y }: Tile,
  layers: Readonly<Record<string, DecodedLayer>>,
  { kind, table }: { readonly kind: PlaceKind; readonly table: NameTable },
): NamedPlace[] {
  const layer = Object.hasOwn(layers, table.layer) ? layers[table.layer] : undefined;
  const found: NamedPlace[] = [];
  for (let index = 0; layer && index < layer.length; index += 1) {
    const feature = layer.feature(index);
    const { properties } = feature;
    if (feature.type !== pointType || !holds(table, properties) || isLargeCity(properties))
      continue;
    const point = feature.loadGeometry()[0]?.[0];
    const name = nameOf(properties[table.name], kind);
    if (!point || name === null || !isInside(point, layer.extent)) continue;
    const at = [
      longitudeAt(x + point.x / layer.extent, z),
      latitudeAt(y + point.y / layer.extent, z),
    ] as const;
    found.push({ kind, name, at });
  }
  return found;
}

/** A city's label stands for all of it, and names no neighbourhood. */
function isLargeCity(properties: Readonly<Record<string, unknown>>): boolean {
  const words = [properties["kind_detail"], properties["pmap:kind_detail"], properties["type"]];
  return words.some((word) => /^(?:city|capital)$/i.test(String(word)));
}

function isInside({ x, y }: { readonly x: number; readonly y: number }, extent: number): boolean {
  return x >= 0 && y >= 0 && x < extent && y < extent;
}

/** "Silver Street" of "Silver Street Station": the word is put behind it where a place is named. */
function nameOf(value: unknown, kind: PlaceKind): string | null {
  if (typeof value !== "string") return null;
  const trimmed = value.trim();
  const name = kind === "station" ? trimmed.replace(/ (?:railway )?station$/i, "") : trimmed;
  return name !== "" && name.length <= longestName && isPublicName(name) ? name : null;
}
