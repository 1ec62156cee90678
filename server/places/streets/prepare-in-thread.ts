import { Worker } from "node:worker_threads";
import type { StreetFile } from "#core/places/streets/street-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { AreaCopy } from "#server/places/streets/archive/download-area.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import type { Draft, StreetsRequest } from "#server/places/streets/prepare.ts";

/** Lines come read where that takes a database (GeoPackage). */
type Given =
  | { readonly kind: "file"; readonly path: string; readonly licence: string | null }
  | { readonly kind: "lines"; readonly file: StreetFile }
  | { readonly kind: "copy"; readonly copy: AreaCopy };

export interface PrepareWork extends Omit<StreetsRequest, "signal"> {
  readonly given: Given;
}

export type PrepareAnswer = { readonly draft: Draft } | { readonly fault: ThreadFault };

interface ThreadFault {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
}

/** Ended at once where `signal` says so; what it was writing is left to the folder's next holder. */
export async function prepareInThread(work: PrepareWork, signal: AbortSignal): Promise<Draft> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./prepare-thread.ts", import.meta.url), {
    workerData: work,
    // Nearly all that it makes is gone with its tile: fewer collections, and little of it is moved on.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  const stop = () => void worker.terminate();
  signal.addEventListener("abort", stop);
  try {
    const answer = await new Promise<PrepareAnswer>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      // After an answer nobody listens to the second word.
      worker.once("exit", () => {
        const ended = new Error("The thread of the streets ended without an answer");
        reject(signal.aborted ? signal.reason : ended);
      });
    });
    if ("draft" in answer) return answer.draft;
    throw faultOf(answer.fault);
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}

function faultOf({ name, message, code, stack }: ThreadFault): Error {
  if (name === "ArchiveFault") return new ArchiveFault(message);
  if (name === "FileFault") return new FileFault(message);
  return Object.assign(new Error(message), { code, stack });
}
