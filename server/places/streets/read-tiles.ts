import { blockOf, type Tile, tilesOf, tilesOfArea } from "#core/geo/tiles/area-tiles.ts";
import type { TileSchema } from "#core/geo/tiles/street-tile.ts";
import type { Region } from "#core/places/place.ts";
import { graphOfTiles } from "#core/places/streets/build-graph.ts";
import { readTile } from "#core/places/streets/source/read-tile.ts";
import { schemaOf } from "#core/places/streets/source/schema.ts";
import type { TileFeature } from "#core/places/streets/source/tile-feature.ts";
import { createLineReader } from "#core/places/streets/source/tile-lines.ts";
import {
  ArchiveFault,
  decodeTile,
  type TileArchive,
  unpackTile,
} from "#server/places/streets/archive/tile-archive.ts";

/** Street names come at zoom 14 and buildings at 15: beyond, a map enlarges what it has. */
export const largestKeptZoom = 16;

export interface DrawnTile {
  readonly tile: Tile;
  readonly features: readonly TileFeature[];
}

interface TilesRequest {
  readonly area: Region;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly signal: AbortSignal;
}

type Readable = Omit<TileArchive, "close">;

/**
 * The tiles of an area that an archive has, one by one as we draw them, and how many the area has;
 * once all have come, the streets of the largest zoom.
 */
export async function readTiles(archive: Readable, request: TilesRequest) {
  const { area, minZoom, maxZoom, signal } = request;
  const schema = await schemaIn(archive, { area, signal }, maxZoom);
  const wanted = [...tilesOfArea(area, minZoom, maxZoom)];
  const reader = createLineReader();
  const covered: Tile[] = [];
  async function* tiles(): AsyncGenerator<DrawnTile> {
    const plain = async (tile: Tile) => ({ tile, octets: await readPlain(archive, tile) });
    for await (const { tile, octets } of oneAhead(wanted, plain)) {
      signal.throwIfAborted();
      if (octets === null) continue;
      const features = readTile(schema, decodeTile(octets, tile), { zoom: tile.z, maxZoom });
      if (tile.z === maxZoom) {
        reader.add(tile, features);
        covered.push(tile);
      }
      yield { tile, features };
    }
  }
  const streets = () => {
    if (covered.length === 0) throw new ArchiveFault(elsewhereWords(archive, area));
    const lines = reader.lines();
    if (lines.length === 0) throw new ArchiveFault(`It holds no street of ${area.name}.`);
    return { lines, graph: graphOfTiles(lines, maxZoom), covered };
  };
  return { schema, count: wanted.length, tiles: tiles(), streets };
}

async function readPlain(archive: Readable, tile: Tile): Promise<Uint8Array | null> {
  const octets = await archive.read(tile);
  return octets && unpackTile(octets, archive.compression);
}

/** By the names of its layers, which some archives keep to their tiles. */
async function schemaIn(
  archive: Readable,
  { area, signal }: Pick<TilesRequest, "area" | "signal">,
  zoom: number,
): Promise<TileSchema> {
  const layers = new Set(archive.layers ?? []);
  let found = archive.layers !== null;
  if (!found) {
    for (const tile of tilesOf(blockOf(area, zoom))) {
      signal.throwIfAborted();
      const octets = await readPlain(archive, tile);
      found ||= octets !== null;
      for (const name of Object.keys(octets ? decodeTile(octets, tile) : {})) layers.add(name);
    }
  }
  if (!found) throw new ArchiveFault(elsewhereWords(archive, area));
  const schema = schemaOf([...layers]);
  if (schema === null) throw new ArchiveFault(otherSchemaWords([...layers]));
  return schema;
}

export function elsewhereWords(
  { bounds }: Pick<TileArchive, "bounds">,
  { name, west, south, east, north }: Region,
): string {
  const box = (...degrees: readonly number[]) => {
    const [w = 0, s = 0, e = 0, n = 0] = degrees.map((one) => Number(one.toFixed(2)));
    return `longitude ${w} to ${e}, latitude ${s} to ${n}`;
  };
  const says = bounds ? ` It says that it covers ${box(...bounds)}.` : "";
  return `It has no tile of ${name} (${box(west, south, east, north)}).${says}`;
}

export function otherSchemaWords(layers: readonly string[]): string {
  const found = layers.length === 0 ? "none" : layers.slice(0, 20).join(", ");
  return `Its tiles are of another schema. Boxster reads OpenMapTiles (layer "transportation"), Protomaps and OS Open Zoomstack ("roads"); here are these layers: ${found}.`;
}

export function zoomsOf(
  archive: Pick<TileArchive, "minZoom" | "maxZoom">,
  wanted = largestKeptZoom,
): { readonly minZoom: number; readonly maxZoom: number } {
  const maxZoom = Math.min(archive.maxZoom, wanted, largestKeptZoom);
  if (maxZoom >= archive.minZoom) return { minZoom: archive.minZoom, maxZoom };
  throw new ArchiveFault(
    `It begins at zoom ${archive.minZoom}, and no more than zoom ${maxZoom} is wanted.`,
  );
}

/** Works on each one while whoever asks is still at the one before: for what waits for a disk, or for Node's own threads. */
export async function* oneAhead<Given, Made>(
  given: Iterable<Given> | AsyncIterable<Given>,
  work: (one: Given) => Promise<Made>,
): AsyncGenerator<Made> {
  let ahead: Promise<Made> | null = null;
  for await (const one of given) {
    const next = work(one);
    // Reported when its turn comes; if it never does, nothing is lost.
    next.catch(() => undefined);
    if (ahead) yield await ahead;
    ahead = next;
  }
  if (ahead) yield await ahead;
}
