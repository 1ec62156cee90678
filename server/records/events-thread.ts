import { parentPort, workerData } from "node:worker_threads";
import { type EventsWork, makeFiles } from "#server/records/make-events-files.ts";

/** Turns what the database sent into files in a thread of its own: a second for a million events, which nobody waits behind. */
const port = parentPort;
if (!port) throw new Error("events-thread.ts runs as a worker thread only");
const made = makeFiles(workerData as EventsWork);
port.postMessage(
  made,
  Object.values(made).map(({ octets }) => octets.buffer),
);
