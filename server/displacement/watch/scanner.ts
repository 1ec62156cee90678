import { Worker } from "node:worker_threads";
import type { LookInput, LookResult } from "#core/displacement/watch/look.ts";

/** Looks in a thread that lives for this look alone; rejects with the signal's reason when it is stopped. */
export function lookInThread(input: LookInput, signal?: AbortSignal): Promise<LookResult> {
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./scan-thread.ts", import.meta.url), { workerData: input });
    const leave = () => {
      signal?.removeEventListener("abort", stop);
      void worker.terminate();
    };
    const stop = () => {
      leave();
      reject(signal ? reasonOf(signal) : new Error("Stopped"));
    };
    worker.once("message", (result: LookResult) => {
      leave();
      resolve(result);
    });
    worker.once("error", (error) => {
      leave();
      reject(error);
    });
    // After an answer nobody listens to the second word.
    worker.once("exit", () => reject(new Error("The thread of a look ended without an answer")));
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("Stopped");
}
