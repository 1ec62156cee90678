import { answerFactors, type FactorRequest } from "#client/hotspots/factors/factor-messages.ts";

// Tens of thousands of lamps and thousands of cells: off the main thread.
self.addEventListener("message", (event: MessageEvent<FactorRequest>) => {
  answerFactors(event.data, (reply) => self.postMessage(reply));
});
