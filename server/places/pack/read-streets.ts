import { open } from "node:fs/promises";
import { blockOf, type Tile, tilesOf } from "#core/geo/tiles/area-tiles.ts";
import { attributionOf } from "#core/places/basemap/attribution.ts";
import { createRoadReader } from "#core/places/basemap/read-roads.ts";
import { schemaOf, schemaWords } from "#core/places/basemap/schema.ts";
import { isPublicName } from "#core/places/gazetteer/names.ts";
import type { NamedPlace } from "#core/places/pack/names-file.ts";
import { labelsOfTile } from "#core/places/pack/place-labels.ts";
import type { Region } from "#core/places/place.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { readStreetFile } from "#core/places/streets/street-file.ts";
import { graphOfTiles } from "#core/places/streets/tile-graph.ts";
import { createProgressLines } from "#server/cli/progress.ts";
import { fileSource, readWhole } from "#server/files/import-source.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { decodeTile } from "#server/places/basemap/decode-tile.ts";
import { openArchive } from "#server/places/basemap/open-archive.ts";
import type { TileArchive } from "#server/places/basemap/tile-archive.ts";
import { unpackTile } from "#server/places/basemap/unpack.ts";
import { elsewhereWords, otherSchemaWords, zoomsOf } from "#server/places/basemap/write-area.ts";
import { inFile } from "#server/places/pack/pack-fault.ts";

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
  readonly region: Region;
  /** A folder that may be written to. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Streets with names from an archive of tiles or GeoJSON lines, by what is in it. Throws a `FileFault` with the file's name. */
export function readPackStreets(path: string, tools: StreetTools): Promise<ReadStreets> {
  return inFile(path, async () => {
    const source = await fileSource(path);
    if (await isText(path)) {
      const { text } = await readWhole(source, tools.signal);
      const { lines, notes } = readStreetFile(text, tools.region);
      return { graph: buildGraph(lines), labels: [], attribution: null, licence: null, notes };
    }
    const archive = await openArchive(path, tools);
    try {
      return await readTiles(archive, tools);
    } finally {
      await archive.close();
    }
  });
}

/** GeoJSON begins with a brace, after a mark of order or blanks. */
async function isText(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^(?:\uFEFF)?\s*\{/.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function readTiles(archive: TileArchive, tools: StreetTools): Promise<ReadStreets> {
  const { maxZoom } = zoomsOf(archive);
  const tiles = [...tilesOf(blockOf(tools.region, maxZoom))];
  const names = archive.layers ?? (await layersOf(archive, tiles));
  const schema = schemaOf(names);
  if (schema === null) throw new ArchiveFault(otherSchemaWords(names));
  const roads = createRoadReader(schema);
  const labels: NamedPlace[] = [];
  const progress = createProgressLines(tools.say, "tiles of streets read");
  let found = 0;
  for (const [index, tile] of tiles.entries()) {
    tools.signal.throwIfAborted();
    progress({ count: index, bytes: index, totalBytes: tiles.length });
    const layers = await readTile(archive, tile);
    if (layers === null) continue;
    found += 1;
    roads.add(tile, layers);
    labels.push(...labelsOfTile(schema, tile, layers));
  }
  const lines = roads.lines().map(withFitName);
  if (found === 0) throw new ArchiveFault(elsewhereWords(archive, tools.region));
  if (lines.length === 0) throw new ArchiveFault(`It holds no street of ${tools.region.name}.`);
  const missing = tiles.length - found;
  return {
    graph: graphOfTiles(lines, maxZoom),
    labels,
    attribution: attributionOf(archive.attribution, schema),
    licence: schemaWords[schema].licence,
    notes:
      missing > tiles.length / 10
        ? [
            `The archive of streets has no tile for ${Math.round((100 * missing) / tiles.length)}% of the area.`,
          ]
        : [],
  };
}

const longestName = 80;

/** A number before a street is somebody's address (SAFEGUARDS 8): such a line keeps no name. */
function withFitName(line: StreetLine): StreetLine {
  const { name } = line;
  const isFit = name !== null && name.length <= longestName && isPublicName(name);
  return isFit ? line : { ...line, name: null };
}

async function readTile(archive: TileArchive, tile: Tile) {
  const octets = await archive.read(tile);
  return octets && decodeTile(await unpackTile(octets, archive.compression), tile);
}

async function layersOf(archive: TileArchive, tiles: readonly Tile[]): Promise<string[]> {
  const names = new Set<string>();
  for (const tile of tiles) {
    for (const name of Object.keys((await readTile(archive, tile)) ?? {})) names.add(name);
  }
  return [...names];
}
