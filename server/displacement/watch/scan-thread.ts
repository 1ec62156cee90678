import { parentPort, workerData } from "node:worker_threads";
import { type LookInput, lookForClusters } from "#core/displacement/watch/look.ts";

/** One look in a thread of its own: it counts for a second or two, and nobody waits for it. */
const port = parentPort;
if (!port) throw new Error("scan-thread.ts runs as a worker thread only");
port.postMessage(lookForClusters(workerData as LookInput));
