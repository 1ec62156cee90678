import { createHash, randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { readGraph, StreetFileFault, writeGraph } from "#core/places/streets/graph-file.ts";
import { streetSpeeds } from "#core/places/streets/line.ts";
import { createNearest, type Nearest } from "#core/places/streets/nearest.ts";
import { createRouter, type Router } from "#core/places/streets/route.ts";
import type { Config } from "#server/config.ts";
import { claimFolder } from "#server/db/owner.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";

/** Streets ready to be asked. */
export interface OpenStreets extends KeptStreets {
  readonly router: Router;
  readonly nearest: Nearest;
}

export interface Streets {
  /**
   * Null where the data folder has none. Read once, and again when others were brought in; a file that is damaged is a
   * `StreetFileFault` each time.
   */
  readonly now: () => Promise<OpenStreets | null>;
}

declare module "#server/acts/services.ts" {
  interface Services {
    /** Of the data folder. */
    readonly streets: Streets;
  }
}

export function createStreets(dataFolder: string): Streets {
  let [known, streets] = [null as string | null, Promise.resolve<OpenStreets | null>(null)];
  return {
    now: async () => {
      const stats = await ifThere(stat(streetsFile(dataFolder)));
      const stamp = stats && stampOf(stats);
      if (stamp !== known) [known, streets] = [stamp, openStreets(dataFolder)];
      return streets;
    },
  };
}

async function openStreets(dataFolder: string): Promise<OpenStreets | null> {
  const kept = await readStreets(dataFolder);
  if (!kept) return null;
  const nearest = createNearest(kept.graph);
  return { ...kept, nearest, router: createRouter(kept.graph, streetSpeeds, { nearest }) };
}

export function streetsFolder({ dataFolder }: Pick<Config, "dataFolder">): string {
  return join(dataFolder, "basemap");
}

/** The one archive that is kept. */
export function archivePath(config: Pick<Config, "dataFolder">): string {
  return join(streetsFolder(config), "streets.pmtiles");
}

/** One command at a time changes what is kept, also where several processes share a data folder. */
export async function holdingFolder<Made>(
  config: Pick<Config, "dataFolder">,
  work: (folder: string) => Promise<Made>,
): Promise<Made> {
  const folder = streetsFolder(config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const claim = await claimFolder(folder);
  if (!claim.owned) {
    claim.socket.destroy();
    throw new ArchiveFault(
      "Another command is at work on the streets. Wait for it, then try again.",
    );
  }
  try {
    await dropLeftovers(folder);
    return await work(folder);
  } finally {
    await dropLeftovers(folder);
    await claim.owner.release();
  }
}

/** Of a process or a thread that was ended while it wrote. */
async function dropLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => /\.tmp(\.lock)?$/.test(one))) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Where the streets came from. */
const streetSource = z.object({
  name: z.string(),
  /** SHA-256 of the tiles beside, in hexadecimal. */
  sha256: z.string(),
  /** As the source asks to be named; null where nobody said. */
  attribution: z.string().nullable(),
});
export type StreetSource = z.infer<typeof streetSource>;

interface KeptStreets {
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
 * Writes a file beside the one that is kept (`basemap/streets.graph` of the data folder), and answers with its path: the
 * graph, the source as JSON and its length, and the SHA-256 of all that.
 */
export async function writeStreets(folder: string, graph: StreetGraph, source: StreetSource) {
  const about = Buffer.from(JSON.stringify(source));
  const length = Buffer.alloc(lengthOctets);
  length.writeUInt32LE(about.length);
  const parts = [writeGraph(graph), about, length];
  const hash = parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
  const path = join(folder, `writing-${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = Buffer.concat([...parts, hash]);
    await writeFile(path, file, { flag: "wx", mode: 0o600, flush: true });
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Null where there are none. Throws a `StreetFileFault` for a file that is damaged or of another version. */
export async function readStreets(dataFolder: string): Promise<KeptStreets | null> {
  const octets = await ifThere(readFile(streetsFile(dataFolder)));
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
    source: streetSource.parse(about),
    hash: hash.toString("hex"),
  };
}

/** Another one whenever a file is another, or was written again. */
export function stampOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`;
}

/** Null where there is no such file. */
export function ifThere<Made>(work: Promise<Made>): Promise<Made | null> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

export function streetsFile(dataFolder: string): string {
  return join(dataFolder, "basemap", "streets.graph");
}

const lengthOctets = 4;
const hashOctets = 32;
const networkOctets = 8;
