import { createHotAnswerer, type HotRequest } from "#client/hotspots/ranked/hot-messages.ts";

// The exact permutation test, off the main thread: the brush never waits for it.
const answer = createHotAnswerer();
self.addEventListener("message", (event: MessageEvent<HotRequest>) => {
  self.postMessage(answer(event.data));
});
