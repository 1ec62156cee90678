import { statfsSync } from "node:fs";

/** The embedded database opens and works with as much; with less it stops half way. */
export const leastRoomBytes = 32 * 1024 * 1024;

/** A new one with the demonstration takes 80 MB. */
const leastNewRoomBytes = 128 * 1024 * 1024;

/** Kept for the acts of partners: imports and backups stop before they take it. */
export const keptRoomBytes = 200 * 1024 * 1024;

/** Whether a folder's disk has less than is kept; nobody can tell everywhere. */
export function takesKeptRoom(folder: string): boolean {
  const room = roomIn(folder);
  return room !== null && room < keptRoomBytes;
}

/** What is to be said of too little room; null where there is enough, or nobody can tell. */
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

/** Octets that are free where a folder lies; null where the system does not tell. */
export function roomIn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
