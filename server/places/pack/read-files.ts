import { basename } from "node:path";
import { z } from "zod";
import { isOnGrid } from "#core/geo/national-grid.ts";
import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import { boundariesOf } from "#core/places/boundaries.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { FeatureFile } from "#core/places/layers/feature-file.ts";
import type { NamedPlace } from "#core/places/pack/pack-gazetteer.ts";
import { isBritishZone } from "#core/places/pack/pack-words.ts";
import { graphOfFile } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { attributionOf, schemas } from "#core/places/streets/source/schema.ts";
import { type TileFeature, unitsOfTile } from "#core/places/streets/source/tile-feature.ts";
import { firstPosition, isDegrees } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { createProgressLines } from "#server/cli/files.ts";
import { fileSource } from "#server/files/import-source.ts";
import { readFeatures } from "#server/places/read-features.ts";
import type { TileArchive } from "#server/places/streets/archive/tile-archive.ts";
import { readSource, type SourceTools } from "#server/places/streets/read-source.ts";
import { readTiles, zoomsOf } from "#server/places/streets/read-tiles.ts";

/** Named as the options of the command are. */
export const packRequest = z.object({
  boundary: z.string(),
  /** Of a file with several; null: the only one with areas. */
  layer: z.string().nullable().default(null),
  /** Names or codes; null: all. */
  parts: z.array(z.string()).nullable().default(null),
  streets: z.string().nullable().default(null),
  zone: z.string(),
  called: z.string().nullable().default(null),
  out: z.string(),
  attribution: z.array(z.string()),
});
export type PackRequest = z.infer<typeof packRequest>;

/** Adds the file name to faults: a pack is built from several. */
export async function inFile<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof FileFault)) throw cause;
    const why = cause.message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    throw new FileFault(`in ${cleanFileName(basename(path))}: ${why}`, { cause });
  }
}

/** GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet or KML by content. Throws a `FileFault` with the file's name. */
export function readBoundaryFile(
  { signal }: Pick<SourceTools, "signal">,
  { boundary, layer, zone }: Pick<PackRequest, "boundary" | "layer" | "zone">,
) {
  return inFile(boundary, async () => {
    const { file } = await readFeatures(await fileSource(boundary), {
      layer,
      shapes: "areas",
      within: null,
      signal,
    });
    refuseOtherMetres(file, isBritishZone(zone));
    return boundariesOf(withOwnProperties(file), { kind: "borough" });
  });
}

/** Properties that tell every feature from the others, where there are such. */
function withOwnProperties(file: FeatureFile): FeatureFile {
  const { features, propertyNames } = file;
  const own = propertyNames.filter((name) => {
    const values = features.flatMap(({ properties }) => properties.get(name) ?? []);
    return new Set(values).size === features.length;
  });
  return own.length === 0 ? file : { ...file, propertyNames: own };
}

/** @param takesGrid whether metres may be those of the British National Grid */
function refuseOtherMetres({ features }: FeatureFile, takesGrid: boolean) {
  const first = firstPosition(features[0]?.geometry?.coordinates);
  if (first === null || isDegrees(first) || (takesGrid && isOnGrid(...first))) return;
  const at = ` (the first point is ${first.join(", ")})`;
  throw new FileFault(
    takesGrid
      ? `its points are metres of a grid that it does not name${at}; export it in WGS84 (EPSG:4326)`
      : `its points are metres${at}, and metres are read as British National Grid only where --zone is Europe/London; export it in WGS84 (EPSG:4326)`,
  );
}

interface ReadStreets {
  readonly graph: StreetGraph;
  readonly labels: readonly NamedPlace[];
  /** What every map must name; null where the file does not say. */
  readonly attribution: string | null;
  readonly licence: string | null;
  readonly notes: readonly string[];
}

interface StreetTools extends SourceTools {
  readonly say: (line: string) => void;
}

/** Tiles or lines, by content. Throws a `FileFault` with the file's name. */
export function readPackStreets(path: string, tools: StreetTools): Promise<ReadStreets> {
  return inFile(path, () =>
    readSource(path, tools, {
      tiles: (archive) => readArchive(archive, tools),
      lines: async ({ lines, notes, attribution }): Promise<ReadStreets> => ({
        graph: graphOfFile(lines).graph,
        labels: [],
        attribution,
        licence: null,
        notes,
      }),
    }),
  );
}

async function readArchive(
  archive: TileArchive,
  { region, say, signal }: StreetTools,
): Promise<ReadStreets> {
  const { maxZoom } = zoomsOf(archive);
  const zooms = { minZoom: maxZoom, maxZoom };
  const read = await readTiles(archive, { area: region, signal, ...zooms });
  const { schema, count } = read;
  const labels: NamedPlace[] = [];
  const progress = createProgressLines(say, "tiles of streets read");
  let found = 0;
  for await (const { tile, features } of read.tiles) {
    found += 1;
    progress({ count: found, bytes: found, totalBytes: count });
    labels.push(...labelsOfTile(tile, features));
  }
  const { graph } = read.streets();
  const missing = Math.round((100 * (count - found)) / count);
  return {
    graph,
    labels,
    attribution: attributionOf(archive.attribution, schema),
    licence: schemas[schema].licence,
    notes: missing > 10 ? [`The archive of streets has no tile for ${missing}% of the area.`] : [],
  };
}

const longestName = 80;

/** Neighbourhoods and stations; without duplicates from the tile's margin. */
function labelsOfTile({ z, x, y }: Tile, features: readonly TileFeature[]): NamedPlace[] {
  return features.flatMap(({ layer, tags, parts }): NamedPlace[] => {
    const point = parts[0]?.[0];
    // A city's label stands for all of it, not for a neighbourhood.
    if ((layer !== "places" && layer !== "stations") || tags["kind"] === "city" || !point)
      return [];
    if (Math.min(point.x, point.y) < 0 || Math.max(point.x, point.y) >= unitsOfTile) return [];
    // "Silver Street" of "Silver Street Station": the suffix is added back where places are named.
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
