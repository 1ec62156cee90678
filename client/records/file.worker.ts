import type { ToWorker } from "#client/records/file-jobs.ts";
import { createFileAnswerer } from "#client/records/file-jobs.ts";

// A file of any size is read, judged and hashed here, so that the page never waits for it.
const answer = createFileAnswerer((message) => self.postMessage(message));
self.addEventListener("message", (event: MessageEvent<ToWorker>) => void answer(event.data));
