import { statfsSync } from "node:fs";

/** Least space for the embedded database to work. */
export const leastRoomBytes = 32 * 1024 * 1024;

/** A new one with the demonstration takes 80 MB. */
const leastNewRoomBytes = 128 * 1024 * 1024;

/** Reserved for partners' acts: imports and backups stop before it. */
export const keptRoomBytes = 200 * 1024 * 1024;

/** False where free space is unknown. */
export function takesKeptRoom(folder: string): boolean {
  const room = roomIn(folder);
  return room !== null && room < keptRoomBytes;
}

/** Null when there is enough, or unknown. */
export function roomFault(
  folder: string,
  { room = roomIn(folder), isNew = false }: { readonly room?: number | null; isNew?: boolean } = {},
): string | null {
  const least = isNew ? leastNewRoomBytes : leastRoomBytes;
  if (room === null || room >= least) return null;
  const megabytes = (octets: number) => `${Math.floor(octets / 1024 / 1024)} MB`;
  const needs = isNew ? " for a new database" : "";
  return `The disk of ${folder} is full: ${megabytes(room)} are free and ${megabytes(least)} are needed${needs}. Stored data is safe. Free up space, then start again.`;
}

/** Free bytes; null where unknown. */
export function roomIn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
