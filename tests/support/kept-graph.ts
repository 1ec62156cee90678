import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { type StreetSource, writeStreets } from "#server/places/streets/graph-file.ts";
import { streetsFile } from "#server/places/streets/streets.ts";

/** Keeps a graph without tiles in a data folder, as no command does: enough for all that is no map. */
export async function keepStreets(
  dataFolder: string,
  graph: StreetGraph,
  source: StreetSource,
): Promise<void> {
  const file = streetsFile(dataFolder);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await rename(await writeStreets(dirname(file), graph, source), file);
}

export async function removeStreets(dataFolder: string): Promise<void> {
  await rm(streetsFile(dataFolder), { force: true });
}
