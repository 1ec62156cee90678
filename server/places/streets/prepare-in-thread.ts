import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { FileFault } from "#core/table/file-fault.ts";
import type { AreaCopy } from "#server/places/streets/archive/download-area.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import type { Draft, StreetsRequest } from "#server/places/streets/prepare.ts";

export interface PrepareWork extends Omit<StreetsRequest, "signal"> {
  /** A file, with the layer to take of a GeoPackage, or what was copied of an archive. */
  readonly given: { readonly path: string; readonly layer: string | null } | AreaCopy;
}

/** Ended at once where `signal` says so; what it was writing is left to the folder's next holder. */
export async function prepareInThread(work: PrepareWork, signal: AbortSignal): Promise<Draft> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./prepare-thread.ts", import.meta.url), {
    workerData: work,
    // Most allocations die with their tile: fewer collections, and little is promoted.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  try {
    const [draft] = (await once(worker, "message", { signal })) as [Draft];
    return draft;
  } catch (error) {
    signal.throwIfAborted();
    throw faultOf(error as Error);
  } finally {
    await worker.terminate();
  }
}

/** An error comes out of a thread with its name and without its class. */
function faultOf(error: Error): Error {
  if (error.name === "ArchiveFault") return new ArchiveFault(error.message);
  return error.name === "FileFault" ? new FileFault(error.message) : error;
}
