import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";

/** As PMTiles counts them (specification 3, section 3.3). */
export const compressions = { none: 1, gzip: 2, brotli: 3, zstd: 4 } as const;

/** A tile of the planet at its fullest, or the archive's description of itself, is under 1 MB; who claims more is not unpacked. */
export const mostUnpacked = 8 * 1024 * 1024;

export function tooLarge(what: string): ArchiveFault {
  return new ArchiveFault(
    `${what} is too large: the most that is read at once is ${mostUnpacked / 1024 ** 2} MB. Nobody makes such an archive for a map; get another.`,
  );
}

export function isGzip(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b;
}

/** A tile as vector data. MBTiles and some makers of PMTiles do not say whether it is packed, so its first octets do. */
export async function unpackTile(octets: Uint8Array, compression: number): Promise<Uint8Array> {
  if (compression >= compressions.brotli) return unpack(octets, compression, mostUnpacked);
  return isGzip(octets) ? unpack(octets, compressions.gzip, mostUnpacked) : octets;
}

/** A directory or the metadata. */
export function unpackDirectory(octets: Uint8Array, compression: number): Promise<Uint8Array> {
  return unpack(octets, compression, mostUnpacked);
}

/** In Node's own threads; an archive that says of some octets that they are a thousand times as many is stopped there. */
async function unpack(
  octets: Uint8Array,
  compression: number,
  maxOutputLength: number,
): Promise<Uint8Array> {
  if (compression === compressions.none) return octets;
  try {
    if (compression === compressions.gzip)
      return await promisify(gunzip)(octets, { maxOutputLength });
    if (compression === compressions.brotli)
      return await promisify(brotliDecompress)(octets, { maxOutputLength });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw tooLarge("A part of the archive, once unpacked,");
    }
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
