import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#server/config.ts";
import { claimFolder } from "#server/db/owner.ts";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";

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
