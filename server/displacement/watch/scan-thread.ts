import { parentPort, workerData } from "node:worker_threads";
import { type LookInput, lookForClusters } from "#core/displacement/watch/look.ts";

/** In its own thread: counting takes a second or two. */
const port = parentPort;
if (!port) throw new Error("scan-thread.ts runs as a worker thread only");
port.postMessage(lookForClusters(workerData as LookInput));
