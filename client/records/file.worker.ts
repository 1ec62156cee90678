import type { ToWorker } from "#client/records/file-jobs.ts";
import { createFileAnswerer } from "#client/records/file-jobs.ts";

// Reads, checks and hashes files of any size off the main thread.
const answer = createFileAnswerer((message) => self.postMessage(message));
self.addEventListener("message", (event: MessageEvent<ToWorker>) => void answer(event.data));
