import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { readGraph, StreetFileFault, writeGraph } from "#core/places/streets/graph-file.ts";

/** Where the streets came from. */
export interface StreetSource {
  /** Lines of a file, or the roads of the base map. */
  readonly kind: "file" | "archive";
  readonly name: string;
  /** SHA-256 of the file or archive, in hexadecimal. */
  readonly sha256: string;
  /** As the source asks to be named; null where nobody said. */
  readonly attribution: string | null;
}

export interface KeptStreets {
  readonly graph: StreetGraph;
  readonly source: StreetSource;
  /** SHA-256 of the whole file: other streets have another one. */
  readonly hash: string;
  /**
   * First octets of the SHA-256 of the graph alone, in hexadecimal: what numbers of segments are kept with. The same
   * streets brought in again, from another file or under another licence line, have the same.
   */
  readonly network: string;
}

/**
 * Keeps the graph as `basemap/streets.graph` of the data folder: the graph, the source as JSON and its length, and the
 * SHA-256 of all that. Written under another name and put in place at once, so that nobody ever reads a half.
 */
export async function keepStreets(
  dataFolder: string,
  graph: StreetGraph,
  source: StreetSource,
): Promise<{ readonly hash: string; readonly bytes: number }> {
  const file = streetsFile(dataFolder);
  await mkdir(join(dataFolder, "basemap"), { recursive: true, mode: 0o700 });
  const about = Buffer.from(JSON.stringify(source));
  const length = Buffer.alloc(lengthOctets);
  length.writeUInt32LE(about.length);
  const parts = [writeGraph(graph), about, length];
  const hash = parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
  const partial = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  try {
    const handle = await open(partial, "wx", 0o600);
    try {
      for (const part of [...parts, hash]) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  const bytes = parts.reduce((sum, part) => sum + part.length, hash.length);
  return { hash: hash.toString("hex"), bytes };
}

/** Null where there are none. Throws a `StreetFileFault` for a file that is damaged or of another version. */
export async function readStreets(dataFolder: string): Promise<KeptStreets | null> {
  const octets = await readIfThere(streetsFile(dataFolder));
  if (!octets) return null;
  const end = octets.length - hashOctets;
  const hash = octets.subarray(Math.max(0, end));
  const sum = createHash("sha256").update(octets.subarray(0, Math.max(0, end)));
  if (end < lengthOctets || !sum.digest().equals(hash)) {
    throw new StreetFileFault("this file of streets is damaged; bring the streets in again");
  }
  const begin = end - lengthOctets - octets.readUInt32LE(end - lengthOctets);
  const about: unknown = JSON.parse(octets.toString("utf8", begin, end - lengthOctets));
  const octetsOfGraph = octets.subarray(0, begin);
  const ofGraph = createHash("sha256").update(octetsOfGraph).digest();
  return {
    graph: readGraph(octetsOfGraph),
    network: ofGraph.toString("hex", 0, networkOctets),
    source: sourceShape.parse(about),
    hash: hash.toString("hex"),
  };
}

/** Whether the streets that are kept are roads of the base map; what cannot be read counts as such. */
export async function isOfArchive(dataFolder: string): Promise<boolean> {
  try {
    return (await readStreets(dataFolder))?.source.kind === "archive";
  } catch (error) {
    if (error instanceof StreetFileFault) return true;
    throw error;
  }
}

/** Whether there were any. */
export async function removeStreets(dataFolder: string): Promise<boolean> {
  const wasThere = (await stampOf(dataFolder)) !== null;
  await rm(streetsFile(dataFolder), { force: true });
  return wasThere;
}

/** Another one whenever other streets are kept; null without any. */
export async function stampOf(dataFolder: string): Promise<string | null> {
  try {
    const { ino, size, mtimeMs } = await stat(streetsFile(dataFolder));
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export function streetsFile(dataFolder: string): string {
  return join(dataFolder, "basemap", "streets.graph");
}

const lengthOctets = 4;
const hashOctets = 32;
const networkOctets = 8;

const sourceShape = z.object({
  kind: z.enum(["file", "archive"]),
  name: z.string(),
  sha256: z.string(),
  attribution: z.string().nullable(),
});

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
