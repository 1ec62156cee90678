import { parentPort, workerData } from "node:worker_threads";
import { openCopy } from "#server/places/streets/archive/download-area.ts";
import { type Draft, prepareLines, prepareTiles } from "#server/places/streets/prepare.ts";
import type { PrepareWork } from "#server/places/streets/prepare-in-thread.ts";
import { readSource } from "#server/places/streets/read-source.ts";

/** Makes tiles and graph of streets in a thread of its own: seconds of work, while the server answers. */
const port = parentPort;
if (!port) throw new Error("prepare-thread.ts runs as a worker thread only");
const { given, ...own } = workerData as PrepareWork;
// Never aborted: to stop, the thread is terminated.
const request = { ...own, signal: new AbortController().signal };

async function prepare(): Promise<Draft> {
  if ("layer" in given) {
    const tools = { ...request, region: request.area, layer: given.layer };
    return readSource(given.path, tools, {
      tiles: (archive) => prepareTiles(archive, request),
      lines: (file) => prepareLines(file, request),
    });
  }
  const archive = await openCopy(given);
  try {
    return await prepareTiles(archive, request);
  } finally {
    await archive.close();
  }
}

port.postMessage(await prepare());
