import { type FileHandle, open } from "node:fs/promises";
import type { Source } from "pmtiles";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";
import { lengthOf, openPmtiles } from "#server/places/streets/archive/pmtiles-index.ts";
import { pmtilesWords } from "#server/places/streets/archive/pmtiles-words.ts";
import type { TileArchive } from "#server/places/streets/archive/tile-archive.ts";

/** A PMTiles file; one that ends before it should is refused at once. */
export async function openPmtilesFile(path: string): Promise<TileArchive> {
  const handle = await open(path);
  try {
    const index = await openPmtiles(handleSource(handle, path));
    refuseHalf(lengthOf(index.header), (await handle.stat()).size);
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

export function refuseHalf(wanted: number, there: number): void {
  if (there >= wanted) return;
  throw new ArchiveFault(
    `It is cut off: ${there} of ${wanted} octets are there. Copy or download it again.`,
  );
}

/** What the pmtiles package reads a file through. */
export function handleSource(handle: FileHandle, key: string): Source {
  return {
    getKey: () => key,
    getBytes: async (offset, length) => {
      const octets = new Uint8Array(length);
      const { bytesRead } = await handle.read(octets, 0, length, offset);
      return { data: octets.buffer.slice(0, bytesRead) };
    },
  };
}

export async function readExactly(
  handle: FileHandle,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const octets = new Uint8Array(length);
  const { bytesRead } = await handle.read(octets, 0, length, offset);
  if (bytesRead === length) return octets;
  throw new ArchiveFault("The archive ends within a tile: it is cut off.");
}
