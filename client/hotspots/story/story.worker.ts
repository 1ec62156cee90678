import { answerStory, type StoryRequest } from "#client/hotspots/story/story-messages.ts";

// Patterns test every step of the dates over all cells: off the main thread.
self.addEventListener("message", (event: MessageEvent<StoryRequest>) => {
  self.postMessage(answerStory(event.data));
});
