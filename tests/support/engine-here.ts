import { AsyncLocalStorage } from "node:async_hooks";
import { EventEmitter } from "node:events";
import type { EngineThread } from "#server/db/embedded.ts";
import { createEngine } from "#server/db/embedded-engine.ts";

/**
 * The embedded engine in the thread of the tests. Two processes of tests keep two cores busy as it is, and there each statement in
 * another thread costs two wake-ups, a sixth of all their work. That of production is opened by whatever has a data folder.
 */
export function engineHere(): EngineThread {
  const said = new EventEmitter();
  // Not in the transaction of whoever asked first, as nothing that comes from another thread is.
  const outside = AsyncLocalStorage.snapshot();
  // In a turn of its own, so that timers and sockets have theirs between two statements.
  const take = createEngine((message) =>
    setImmediate(() => outside(() => said.emit("message", message))),
  );
  return {
    postMessage: (request) => take(request),
    on: said.on.bind(said) as EngineThread["on"],
    removeAllListeners: (event) => said.removeAllListeners(event),
    terminate: async () => undefined,
  };
}
