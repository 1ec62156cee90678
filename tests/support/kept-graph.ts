import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { createKeptFile, type KeptWords } from "#server/places/streets/kept-file.ts";
import { streetsFile } from "#server/places/streets/streets.ts";

/** Keeps a graph without tiles in a data folder, as no command does: enough for all that is no map. */
export async function keepStreets(
  dataFolder: string,
  graph: StreetGraph,
  { name, attribution }: { readonly name: string; readonly attribution: string | null },
): Promise<void> {
  const path = streetsFile(dataFolder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await createKeptFile(`${path}.tmp`);
  await file.finish(graph, wordsOf({ source: name, attribution }));
  await rename(`${path}.tmp`, path);
}

export function wordsOf(part: Partial<KeptWords>): KeptWords {
  return {
    minZoom: 14,
    maxZoom: 14,
    bounds: [-0.1, 51.6, 0, 51.7],
    names: [],
    segments: 0,
    named: 0,
    roads: [],
    attribution: null,
    schema: null,
    source: "made up",
    ...part,
  };
}

export async function removeStreets(dataFolder: string): Promise<void> {
  await rm(streetsFile(dataFolder), { force: true });
}
