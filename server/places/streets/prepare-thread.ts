import { parentPort, workerData } from "node:worker_threads";
import { openCopy } from "#server/places/streets/archive/download-area.ts";
import { type Draft, prepareLines, prepareTiles } from "#server/places/streets/prepare.ts";
import type { PrepareAnswer, PrepareWork } from "#server/places/streets/prepare-in-thread.ts";
import { readSource } from "#server/places/streets/read-source.ts";

/** Makes tiles and graph of streets in a thread of its own: seconds of work, while the server answers. */
const port = parentPort;
if (!port) throw new Error("prepare-thread.ts runs as a worker thread only");
const { given, ...own } = workerData as PrepareWork;
// The thread is ended where somebody stops it.
const request = { ...own, signal: new AbortController().signal };

async function prepare(): Promise<Draft> {
  if (given.kind === "lines") return prepareLines(given.file, request);
  if (given.kind === "copy") {
    const archive = await openCopy(given.copy);
    try {
      return await prepareTiles(archive, request);
    } finally {
      await archive.close();
    }
  }
  return readSource(
    given.path,
    { ...request, region: request.area },
    {
      tiles: (archive) =>
        prepareTiles({ ...archive, attribution: given.licence ?? archive.attribution }, request),
      lines: (file) =>
        prepareLines({ ...file, attribution: given.licence ?? file.attribution }, request),
    },
  );
}

port.postMessage(
  await prepare().then(
    (draft): PrepareAnswer => ({ draft }),
    (error: NodeJS.ErrnoException): PrepareAnswer => {
      const { name, message, code, stack } = error;
      return { fault: { name, message, code, stack } };
    },
  ),
);
