import type { Stats } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { streetSpeeds } from "#core/places/streets/line.ts";
import { createNearest, type Nearest } from "#core/places/streets/nearest.ts";
import { createRouter, type Router } from "#core/places/streets/route.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Config } from "#server/config.ts";
import { claimFolder } from "#server/db/owner.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import { ifThere, readKeptFile } from "#server/places/streets/kept-file.ts";

/** Streets ready to be asked. */
export interface OpenStreets {
  readonly graph: StreetGraph;
  /** Of the graph: numbers of segments are kept with it. */
  readonly network: string;
  /** As the source asks to be named; null where nobody said. */
  readonly attribution: string | null;
  readonly router: Router;
  readonly nearest: Nearest;
}

export interface Streets {
  /**
   * Null where the data folder has none. Read once, and again after a new import; a damaged file
   * throws a `FileFault` each time.
   */
  readonly now: () => Promise<OpenStreets | null>;
  /** The same for whom streets that are damaged are as good as none. */
  readonly readable: () => Promise<OpenStreets | null>;
}

declare module "#server/acts/services.ts" {
  interface Services {
    /** Of the data folder. */
    readonly streets: Streets;
  }
}

export function createStreets(dataFolder: string): Streets {
  let [known, streets] = [null as string | null, Promise.resolve<OpenStreets | null>(null)];
  const now = async () => {
    const stats = await ifThere(stat(streetsFile(dataFolder)));
    const stamp = stats && stampOf(stats);
    if (stamp !== known) [known, streets] = [stamp, openStreets(dataFolder)];
    return streets;
  };
  const noneOf = (error: unknown) => {
    if (error instanceof FileFault) return null;
    throw error;
  };
  return { now, readable: () => now().catch(noneOf) };
}

async function openStreets(dataFolder: string): Promise<OpenStreets | null> {
  const kept = await readStreets(dataFolder);
  if (!kept) return null;
  const graph = kept.graph();
  const nearest = createNearest(graph);
  const router = createRouter(graph, streetSpeeds, nearest);
  return { graph, network: kept.network, attribution: kept.words.attribution, nearest, router };
}

/** What a data folder has of streets; null where it has none. */
export async function readStreets(dataFolder: string) {
  const file = await ifThere(open(streetsFile(dataFolder)));
  if (file === null) return null;
  try {
    return await readKeptFile(file);
  } finally {
    await file.close();
  }
}

export function streetsFolder({ dataFolder }: Pick<Config, "dataFolder">): string {
  return join(dataFolder, "basemap");
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

/** Of a process or a thread that was ended while it wrote, and of older versions. */
async function dropLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((one) =>
    /\.tmp(\.lock)?$|^streets\.(pmtiles|graph)$/.test(one),
  )) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Another one whenever a file is another, or was written again. */
export function stampOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`;
}

export function streetsFile(dataFolder: string): string {
  return join(streetsFolder({ dataFolder }), "streets.kept");
}
