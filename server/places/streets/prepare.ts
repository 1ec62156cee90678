import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Bounds, boundsOfPolygons, boundsWithin } from "#core/geo/bounds.ts";
import { coveredBounds } from "#core/geo/tiles/area-tiles.ts";
import { namesFrom, type TileNames, type TileSchema } from "#core/geo/tiles/street-tile.ts";
import type { Region } from "#core/places/place.ts";
import { graphOfFile } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { createNearest } from "#core/places/streets/nearest.ts";
import { checkGraph, type StreetCheck } from "#core/places/streets/parts.ts";
import { roadsWithout } from "#core/places/streets/roads-without.ts";
import { attributionOf } from "#core/places/streets/source/schema.ts";
import type { StreetFile } from "#core/places/streets/street-file.ts";
import { type Gazetteer, tileNames } from "#core/places/wire/places.ts";
import type { StreetsResult } from "#core/places/wire/streets.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import type { TileArchive } from "#server/places/streets/archive/tile-archive.ts";
import { createKeptFile } from "#server/places/streets/kept-file.ts";
import { versionOf } from "#server/places/streets/kept-tiles.ts";
import { encodeTile, lineZooms, tilesOfLines } from "#server/places/streets/make-tiles.ts";
import { type DrawnTile, oneAhead, readTiles, zoomsOf } from "#server/places/streets/read-tiles.ts";

export interface StreetsRequest {
  readonly area: Region;
  /** The command without what lies around it: most of it should have streets. */
  readonly command: Bounds;
  /** The built-in main roads: stretches without a street are kept with the tiles. */
  readonly roads: Gazetteer["roads"];
  readonly maxZoom?: number;
  /** Where it is written. */
  readonly folder: string;
  /** The file or address that it came from, without what may be secret in it. */
  readonly source: string;
  /** Whom maps must name, where somebody says it in place of the file. */
  readonly licence?: string | null;
  readonly signal: AbortSignal;
}

/** Streets, written beside those that are kept. */
export interface Draft {
  readonly result: StreetsResult;
  /** Of its tiles. */
  readonly version: string;
  readonly source: string;
  /** What was not as it should be, each in one sentence. */
  readonly notes: readonly string[];
  /** Lines of a file that lie elsewhere. */
  readonly outside: number;
  /** The file that takes the place of the one that is kept. */
  readonly path: string;
}

/**
 * An area's tiles, each validated, in our drawing schema, and the street graph from the largest
 * zoom. Refuses another schema, another place, a damaged tile or an area without streets; then
 * nothing is left.
 */
export async function prepareTiles(archive: Omit<TileArchive, "close">, request: StreetsRequest) {
  const { area, signal } = request;
  const zooms = zoomsOf(archive, request.maxZoom);
  const { schema, tiles, streets } = await readTiles(archive, { area, signal, ...zooms });
  return write(request, zooms, tiles, () => {
    const { lines, graph, covered } = streets();
    const ground = coveredBounds(area, covered) ?? area;
    const attribution = attributionOf(request.licence ?? archive.attribution, schema);
    return { graph, lines, ground, schema, attribution, notes: [], outside: 0 };
  });
}

/** The same of lines: their tiles are cut here. */
export async function prepareLines(file: StreetFile, request: StreetsRequest): Promise<Draft> {
  const { lines } = file;
  const { graph, areEndsJoined } = graphOfFile(lines);
  const note = "Ends of lines within a metre of another street were joined to it.";
  const notes = areEndsJoined ? [...file.notes, note] : file.notes;
  const tiles = tilesOfLines(lines, request.area);
  const attribution = request.licence ?? file.attribution;
  const found = { ...file, graph, ground: request.area, schema: null, attribution, notes };
  return write(request, lineZooms, tiles, () => found);
}

interface Found extends Omit<StreetFile, "features"> {
  readonly graph: StreetGraph;
  readonly ground: Bounds;
  readonly schema: TileSchema | null;
}

async function write(
  { folder, command, roads, source, signal }: StreetsRequest,
  zooms: { readonly minZoom: number; readonly maxZoom: number },
  tiles: AsyncIterable<DrawnTile> | Iterable<DrawnTile>,
  finish: () => Found,
): Promise<Draft> {
  const path = join(folder, `writing-${randomBytes(6).toString("hex")}.tmp`);
  const writer = await createKeptFile(path);
  const names = new Set<TileNames>();
  const pack = async ({ tile, features }: DrawnTile) => {
    for (const { layer, tags } of features) {
      if (tags["name"]) names.add(layer === "places" || layer === "stations" ? layer : "streets");
    }
    const octets = encodeTile(features);
    return { tile, packed: octets && (await promisify(gzip)(octets)) };
  };
  try {
    for await (const { tile, packed } of oneAhead(tiles, pack)) {
      signal.throwIfAborted();
      if (packed) await writer.add(tile, packed);
    }
    const { graph, lines, ground, schema, attribution, notes, outside } = finish();
    signal.throwIfAborted();
    const drawn = boundsOfPolygons([lines.map(({ line }) => line)]);
    const around = boundsWithin(ground, drawn);
    const { west, south, east, north } = around;
    const bounds: StreetsResult["bounds"] = [west, south, east, north];
    const check = checkGraph(graph);
    const { tilesHash, ...written } = await writer.finish(graph, {
      ...zooms,
      bounds,
      schema,
      source,
      attribution,
      segments: check.segments,
      named: check.named,
      roads: roadsWithout(roads, createNearest(graph)),
      names: tileNames.filter((kind) => names.has(kind)),
    });
    const held = schema === null ? noTiles : { ...written, ...zooms };
    return {
      result: { ...check, ...held, bounds, schema, attribution },
      version: versionOf(tilesHash),
      outside,
      source,
      path,
      notes: linesOf(
        notes,
        islandNote(check),
        thinNote(around, command),
        schema !== null &&
          zooms.maxZoom < namesFrom &&
          `The archive ends at zoom ${zooms.maxZoom}: streets are coarse, and small ones may be missing.`,
      ),
    };
  } catch (error) {
    await writer.close();
    await rm(path, { force: true });
    throw error;
  }
}

const noTiles = { tiles: null, bytes: null, minZoom: null, maxZoom: null };

/** Below this share of the command the maps and ways of much of it are without streets. */
const coversMost = 0.9;

/** What a person should know before good streets were replaced by these. */
function thinNote(bounds: Bounds, command: Bounds): string | false {
  const size = ({ west, south, east, north }: Bounds) =>
    Math.max(0, east - west) * Math.max(0, north - south);
  const share = size(boundsWithin(bounds, command)) / size(command);
  return (
    share < coversMost &&
    `They cover ${Math.round(100 * share)}% of the area: beyond, maps show the built-in roads and patrols go as the crow flies.`
  );
}

/** Below this share of all kilometres most ways are not found. */
const hangsTogether = 0.5;

function islandNote({ parts, largestShare }: StreetCheck): string | false {
  const share = (100 * largestShare).toFixed(1);
  return (
    largestShare < hangsTogether &&
    `The streets lie in ${formatCount(parts)} parts that do not meet, and the largest has ${share}% of the length: most ways will not be found. Lines meet where they share a vertex; export them from a source that keeps junctions.`
  );
}
