import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { NamedPlace } from "#core/places/pack/names-file.ts";
import type { Region } from "#core/places/place.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { attributionOf } from "#core/places/streets/source/attribution.ts";
import { schemas } from "#core/places/streets/source/schema.ts";
import { type TileFeature, unitsOfTile } from "#core/places/streets/source/tile-feature.ts";
import { createLineReader } from "#core/places/streets/source/tile-lines.ts";
import type { StreetFile } from "#core/places/streets/street-file.ts";
import { graphOfFile, graphOfTiles } from "#core/places/streets/tile-graph.ts";
import { createProgressLines } from "#server/cli/progress.ts";
import { inFile } from "#server/places/pack/pack-fault.ts";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";
import type { TileArchive } from "#server/places/streets/archive/tile-archive.ts";
import {
  type InDatabase,
  kindOfFile,
  readLayer,
  readSource,
} from "#server/places/streets/read-source.ts";
import { elsewhereWords, readTiles, zoomsOf } from "#server/places/streets/read-tiles.ts";

export interface ReadStreets {
  readonly graph: StreetGraph;
  /** Labels of an archive; a file of lines has none. */
  readonly labels: readonly NamedPlace[];
  /** What every map must name; null where the file does not say. */
  readonly attribution: string | null;
  readonly licence: string | null;
  readonly notes: readonly string[];
}

export interface StreetTools {
  readonly inDatabase: InDatabase;
  readonly region: Region;
  /** A folder that may be written to. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Streets with names from a file of tiles or lines, by what is in it. Throws a `FileFault` with the file's name. */
export function readPackStreets(path: string, tools: StreetTools): Promise<ReadStreets> {
  const lines = async ({ lines: all, notes, attribution }: StreetFile): Promise<ReadStreets> => ({
    ...{ graph: graphOfFile(all).graph, labels: [], attribution, licence: null, notes },
  });
  return inFile(path, async () => {
    if ((await kindOfFile(path)) === "geopackage") {
      return lines(await readLayer(path, { ...tools, layer: null }, tools.inDatabase));
    }
    return readSource(path, tools, { lines, tiles: (archive) => readArchive(archive, tools) });
  });
}

async function readArchive(
  archive: TileArchive,
  { region, say, signal }: StreetTools,
): Promise<ReadStreets> {
  const { maxZoom } = zoomsOf(archive);
  const zooms = { minZoom: maxZoom, maxZoom };
  const { schema, count, tiles } = await readTiles(archive, { area: region, signal, ...zooms });
  const reader = createLineReader();
  const labels: NamedPlace[] = [];
  const progress = createProgressLines(say, "tiles of streets read");
  let found = 0;
  for await (const { tile, features } of tiles) {
    found += 1;
    progress({ count: found, bytes: found, totalBytes: count });
    reader.add(tile, features);
    labels.push(...labelsOfTile(tile, features));
  }
  const lines = reader.lines();
  if (found === 0) throw new ArchiveFault(elsewhereWords(archive, region));
  if (lines.length === 0) throw new ArchiveFault(`It holds no street of ${region.name}.`);
  const missing = Math.round((100 * (count - found)) / count);
  return {
    graph: graphOfTiles(lines, maxZoom),
    labels,
    attribution: attributionOf(archive.attribution, schema),
    licence: schemas[schema].licence,
    notes: missing > 10 ? [`The archive of streets has no tile for ${missing}% of the area.`] : [],
  };
}

const longestName = 80;

/** The names of neighbourhoods and stations that a tile labels; what its margin repeats of the next tile is left out. */
function labelsOfTile({ z, x, y }: Tile, features: readonly TileFeature[]): NamedPlace[] {
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
