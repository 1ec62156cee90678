import { type FileHandle, open } from "node:fs/promises";
import {
  bytesToHeader,
  type Entry,
  findTile,
  type Header,
  ResolvedValueCache,
  readVarint,
  type Source,
  TileType,
  zxyToTileId,
} from "pmtiles";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import {
  ArchiveFault,
  type ArchiveWords,
  layerNames,
  mostUnpacked,
  rasterWords,
  readRecord,
  type TileArchive,
  tooLarge,
  unpack,
} from "#server/places/streets/archive/tile-archive.ts";

export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** Where the tiles of a PMTiles archive lie, on a disk or behind an address. */
export type PmtilesIndex = Awaited<ReturnType<typeof openPmtiles>>;

const headerLength = 127;
/** Header and root directory have to be within these. */
const headRoom = 16_384;
/** Root, leaf, and one more in archives of the whole planet. */
const deepest = 4;
/** Directories that are kept at hand: an area is in a few of them. */
const directories = 50;
/** Of the planet's archive a directory has some 20,000. Each takes room in memory. */
const mostEntries = 100_000;

/** Reads header, metadata and root; leaves are read as they are asked for. */
export async function openPmtiles(source: Source) {
  const from = await withHead(source);
  const cache = new ResolvedValueCache(directories, undefined, async (octets, compression) => {
    const plain = await unpack(new Uint8Array(octets), compression);
    refuseEndless(plain);
    return Uint8Array.from(plain).buffer;
  });
  const header = await cache.getHeader(from);
  return {
    header,
    metadata: await readMetadata(from, header),
    /** From the beginning of the archive; null where it has no such tile. */
    locate: async (tile: Tile): Promise<Stretch | null> => {
      const id = zxyToTileId(tile.z, tile.x, tile.y);
      const entry = await find(id, header.rootDirectoryOffset, header.rootDirectoryLength);
      return entry && { offset: header.tileDataOffset + entry.offset, length: entry.length };
    },
  };

  async function find(id: number, rootAt: number, rootLength: number): Promise<Entry | null> {
    let [offset, length] = [rootAt, rootLength];
    for (let depth = 0; depth < deepest; depth += 1) {
      const entry = findTile(await cache.getDirectory(from, offset, length, header), id);
      if (entry !== null && entry.length > mostUnpacked) {
        throw tooLarge(entry.runLength > 0 ? "A tile" : "A directory of the archive");
      }
      if (entry === null || entry.runLength > 0) return entry;
      [offset, length] = [header.leafDirectoryOffset + entry.offset, entry.length];
    }
    throw new ArchiveFault("The archive's directories lead nowhere: it is damaged.");
  }
}

/** The first octets, looked into once; the package asks for just as many. */
async function withHead(source: Source): Promise<Source> {
  const head = await source.getBytes(0, headRoom);
  refuseOtherHead(head.data);
  return {
    getKey: () => source.getKey(),
    getBytes: async (offset, length, signal, etag) =>
      offset === 0 && length === headRoom ? head : source.getBytes(offset, length, signal, etag),
  };
}

function refuseOtherHead(data: ArrayBuffer): void {
  const octets = new Uint8Array(data);
  if (Buffer.from(octets.subarray(0, 7)).toString("latin1") !== "PMTiles") {
    throw new ArchiveFault("It is not a PMTiles archive.");
  }
  if (octets[7] !== 3) {
    throw new ArchiveFault(
      `The archive is of version ${octets[7] ?? "?"} of PMTiles, and Boxster reads version 3: convert it.`,
    );
  }
  if (octets.length < headerLength) throw new ArchiveFault("The archive ends within its header.");
  const header = bytesToHeader(data.slice(0, headerLength));
  if (octets.length < Math.min(headRoom, header.rootDirectoryOffset + header.rootDirectoryLength)) {
    throw new ArchiveFault("The archive ends within its first directory.");
  }
}

/** Each entry takes at least four octets; a damaged count would otherwise be believed. */
function refuseEndless(directory: Uint8Array): void {
  const count = readVarint({ buf: directory, pos: 0 });
  if (count > mostEntries) throw tooLarge("A directory of the archive");
  if (count > 0 && count * 4 <= directory.length) return;
  throw new ArchiveFault("A directory of the archive is damaged.");
}

async function readMetadata(
  source: Source,
  { jsonMetadataOffset, jsonMetadataLength, internalCompression, etag }: Header,
): Promise<Readonly<Record<string, unknown>>> {
  if (jsonMetadataLength === 0) return {};
  if (jsonMetadataLength > mostUnpacked) throw tooLarge("The archive's description of itself");
  const { data } = await source.getBytes(jsonMetadataOffset, jsonMetadataLength, undefined, etag);
  const plain = await unpack(new Uint8Array(data), internalCompression);
  const text = Buffer.from(plain).toString("utf8");
  return readRecord(text, "The archive's description of itself is damaged.");
}

/** What a PMTiles archive says of itself; refused where its tiles are no vector tiles that we read. */
export function pmtilesWords({ header, metadata }: Omit<PmtilesIndex, "locate">): ArchiveWords {
  refuseOtherTiles(header.tileType);
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = header;
  return {
    minZoom,
    maxZoom,
    layers: layerNames(metadata["vector_layers"]),
    attribution: metadata["attribution"],
    bounds: minLon < maxLon && minLat < maxLat ? [minLon, minLat, maxLon, maxLat] : null,
    compression: header.tileCompression,
  };
}

const pictures: Readonly<Record<number, string>> = {
  [TileType.Png]: "PNG",
  [TileType.Jpeg]: "JPEG",
  [TileType.Webp]: "WebP",
  [TileType.Avif]: "AVIF",
};

function refuseOtherTiles(type: Header["tileType"]): void {
  if (type === TileType.Mvt || type === TileType.Unknown) return;
  const picture = pictures[type];
  throw new ArchiveFault(
    picture === undefined
      ? "Its tiles are in a form that Boxster does not read: it needs Mapbox vector tiles (MVT)."
      : rasterWords(picture),
  );
}

/** A PMTiles file; one that ends before it should is refused at once. */
export async function openPmtilesFile(path: string): Promise<TileArchive> {
  const handle = await open(path);
  try {
    const index = await openPmtiles({
      getKey: () => path,
      getBytes: async (offset, length) => {
        const octets = new Uint8Array(length);
        const { bytesRead } = await handle.read(octets, 0, length, offset);
        return { data: octets.buffer.slice(0, bytesRead) };
      },
    });
    await refuseCutOff(handle, index.header);
    const words = pmtilesWords(index);
    return {
      ...words,
      read: async (tile) => {
        const found = await index.locate(tile);
        return found && readExactly(handle, found.offset, found.length);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function refuseCutOff(handle: FileHandle, header: Header): Promise<void> {
  const wanted = Math.max(
    header.rootDirectoryOffset + header.rootDirectoryLength,
    header.jsonMetadataOffset + header.jsonMetadataLength,
    header.leafDirectoryOffset + (header.leafDirectoryLength ?? 0),
    header.tileDataOffset + (header.tileDataLength ?? 0),
  );
  const { size } = await handle.stat();
  if (size >= wanted) return;
  throw new ArchiveFault(
    `It is cut off: ${size} of ${wanted} octets are there. Copy or download it again.`,
  );
}

export async function readExactly(handle: FileHandle, offset: number, length: number) {
  const octets = new Uint8Array(length);
  const { bytesRead } = await handle.read(octets, 0, length, offset);
  if (bytesRead === length) return octets;
  throw new ArchiveFault("The archive ends within a tile: it is cut off.");
}
