import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** An archive of tiles that cannot be taken, in one sentence for whoever gave it. */
export class ArchiveFault extends FileFault {
  override readonly name = "ArchiveFault";
}

/** A download that broke off, or was stopped: what came is kept beside, for the same command to go on. */
export class BrokenDownload extends ArchiveFault {}

/** What an archive says of itself, in either format. */
export interface ArchiveWords {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Null where it does not name them. */
  readonly layers: readonly string[] | null;
  /** As written, often HTML. */
  readonly attribution: unknown;
  /** West, south, east, north of all that it has, where it says so. */
  readonly bounds: readonly [number, number, number, number] | null;
  /** How its tiles are packed, as PMTiles counts. */
  readonly compression: number;
}

/** An archive on this machine. */
export interface TileArchive extends ArchiveWords {
  /** As stored; null where there is no such tile. */
  readonly read: (tile: Tile) => Promise<Uint8Array | null>;
  readonly close: () => Promise<void>;
}

/** The names in `vector_layers`, which both formats have from TileJSON. */
export function layerNames(vectorLayers: unknown): readonly string[] | null {
  const names = (Array.isArray(vectorLayers) ? vectorLayers : []).flatMap((layer: unknown) => {
    const { id } = Object(layer) as { readonly id?: unknown };
    return typeof id === "string" ? [id] : [];
  });
  return names.length === 0 ? null : names;
}

/** What an archive says of itself as JSON; without more where it is no object. */
export function readRecord(text: string, fault: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (cause) {
    throw new ArchiveFault(fault, { cause });
  }
}

export function rasterWords(format: string): string {
  return `It holds raster tiles, which are pictures (${format}): Boxster needs vector tiles, whose streets have names and lines.`;
}

const unzip = promisify(gunzip);

/** As PMTiles counts them (specification 3, section 3.3). */
export const compressions = { none: 1, gzip: 2, brotli: 3, zstd: 4 } as const;

/** A tile of the planet at its fullest, or the archive's description of itself, is under 1 MB; who claims more is not unpacked. */
export const mostUnpacked = 8 * 1024 * 1024;

export function tooLarge(what: string): ArchiveFault {
  return new ArchiveFault(
    `${what} is too large: the most that is read at once is ${mostUnpacked / 1024 ** 2} MB. Nobody makes such an archive for a map; get another.`,
  );
}

/** A tile as vector data. MBTiles and some makers of PMTiles do not say whether it is packed, so its first octets do. */
export async function unpackTile(octets: Uint8Array, compression: number): Promise<Uint8Array> {
  if (compression >= compressions.brotli) return unpack(octets, compression);
  const isGzip = octets[0] === 0x1f && octets[1] === 0x8b;
  return isGzip ? unpack(octets, compressions.gzip) : octets;
}

const unpackers = new Map<number, typeof unzip>([
  [compressions.gzip, unzip],
  [compressions.brotli, promisify(brotliDecompress)],
]);

/** In Node's own threads; an archive that says of some octets that they are a thousand times as many is stopped there. */
export async function unpack(octets: Uint8Array, compression: number): Promise<Uint8Array> {
  if (compression === compressions.none) return octets;
  const unpacker = unpackers.get(compression);
  if (!unpacker) {
    throw new ArchiveFault(
      compression === compressions.zstd
        ? "The archive is packed with zstd, which Boxster does not read: make it again with gzip."
        : `The archive says it is packed in a way that is not known (number ${compression}).`,
    );
  }
  try {
    return await unpacker(octets, { maxOutputLength: mostUnpacked });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw tooLarge("A part of the archive, once unpacked,");
    }
    const detail = "A part of the archive cannot be unpacked: it is damaged or cut off.";
    throw new ArchiveFault(detail, { cause });
  }
}

/** The layers of a tile that is not packed; refused where it is no vector tile. */
export function decodeTile(plain: Uint8Array, { z, x, y }: Tile) {
  const picture = pictureOf(plain);
  if (picture !== null) throw new ArchiveFault(rasterWords(picture));
  let layers: Readonly<Record<string, VectorTileLayer>>;
  const name = `Tile ${z}/${x}/${y}`;
  try {
    layers = new VectorTile(new PbfReader(plain)).layers;
  } catch (cause) {
    throw new ArchiveFault(`${name} is no vector tile: the archive is damaged.`, { cause });
  }
  const features = Object.values(layers).reduce((sum, { length }) => sum + length, 0);
  if (features <= mostFeatures) return layers;
  throw new ArchiveFault(
    `${name} has ${features} features, and the most that is read is ${mostFeatures}: get another archive.`,
  );
}

/** The fullest of the planet have some 20,000. */
const mostFeatures = 200_000;

function pictureOf(octets: Uint8Array): string | null {
  const head = Buffer.from(octets.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG")) return "PNG";
  if (head.startsWith("\xff\xd8\xff")) return "JPEG";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "WebP" : null;
}
