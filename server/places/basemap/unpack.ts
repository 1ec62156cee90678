import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";

/** As PMTiles counts them (specification 3, section 3.3). */
export const compressions = { none: 1, gzip: 2, brotli: 3, zstd: 4 } as const;

/** A tile of the planet at its fullest is under 1 MB; who claims more is not unpacked. */
const largestTile = 32 * 1024 * 1024;
const largestDirectory = 64 * 1024 * 1024;

export function isGzip(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b;
}

/** A tile as vector data. MBTiles and some makers of PMTiles do not say whether it is packed, so its first octets do. */
export function unpackTile(octets: Uint8Array, compression: number): Uint8Array {
  if (compression >= compressions.brotli) return unpack(octets, compression, largestTile);
  return isGzip(octets) ? unpack(octets, compressions.gzip, largestTile) : octets;
}

/** A directory or the metadata. */
export function unpackDirectory(octets: Uint8Array, compression: number): Uint8Array {
  return unpack(octets, compression, largestDirectory);
}

function unpack(octets: Uint8Array, compression: number, maxOutputLength: number): Uint8Array {
  if (compression === compressions.none) return octets;
  try {
    if (compression === compressions.gzip) return gunzipSync(octets, { maxOutputLength });
    if (compression === compressions.brotli)
      return brotliDecompressSync(octets, { maxOutputLength });
  } catch (cause) {
    throw new ArchiveFault("A part of the archive cannot be unpacked: it is damaged or cut off.", {
      cause,
    });
  }
  throw new ArchiveFault(
    compression === compressions.zstd
      ? "The archive is packed with zstd, which Boxster does not read: make it again with gzip."
      : `The archive says it is packed in a way that is not known (number ${compression}).`,
  );
}
