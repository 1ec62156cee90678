import { parentPort } from "node:worker_threads";
import { createEngine } from "#server/db/embedded-engine.ts";

/**
 * The thread that owns PGlite: a query blocks its event loop for as long as it runs
 * (0 timer ticks in 2.9 s measured), so it must not be the server's thread.
 */
const port = parentPort;
if (!port) throw new Error("embedded-worker.ts runs as a worker thread only");
port.on(
  "message",
  createEngine((message) => port.postMessage(message)),
);
