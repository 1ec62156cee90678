import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { NamedPlace } from "#core/places/pack/names-file.ts";
import { type TileFeature, unitsOfTile } from "#core/places/streets/source/tile-feature.ts";

const longestName = 80;

/** The names of neighbourhoods and stations that a tile labels; what its margin repeats of the next tile is left out. */
export function labelsOfTile({ z, x, y }: Tile, features: readonly TileFeature[]): NamedPlace[] {
  return features.flatMap(({ layer, tags, parts }): NamedPlace[] => {
    const point = parts[0]?.[0];
    // A city's label stands for all of it, and names no neighbourhood.
    if ((layer !== "places" && layer !== "stations") || tags["kind"] === "city" || !point)
      return [];
    if (Math.min(point.x, point.y) < 0 || Math.max(point.x, point.y) >= unitsOfTile) return [];
    // "Silver Street" of "Silver Street Station": the word is put behind it where a place is named.
    const given = tags["name"] ?? "";
    const name = layer === "stations" ? given.replace(/ (?:railway )?station$/i, "") : given;
    if (name === "" || name.length > longestName || !isPublicName(name)) return [];
    const kind = layer === "stations" ? "station" : "neighbourhood";
    const at = [
      longitudeAt(x + point.x / unitsOfTile, z),
      latitudeAt(y + point.y / unitsOfTile, z),
    ] as const;
    return [{ kind, name, at }];
  });
}
