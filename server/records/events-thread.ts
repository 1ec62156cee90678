import { parentPort, workerData } from "node:worker_threads";
import { type EventsWork, makeFiles } from "#server/records/make-events-files.ts";

/** In its own thread: a second for a million events. */
const port = parentPort;
if (!port) throw new Error("events-thread.ts runs as a worker thread only");
const made = makeFiles(workerData as EventsWork);
port.postMessage(
  made,
  Object.values(made).map(({ octets }) => octets.buffer),
);
