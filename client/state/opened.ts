import { createStore } from "#client/state/store.ts";

/**
 * Whether the first screen is drawn, or has kept its person waiting. What nobody reads first waits for
 * this, so that it shares no weak signal with what they do.
 */
export const hasOpened = createStore(false);

export const noteOpened = () => hasOpened.set(() => true);

/** A screen that does not come holds up nothing else for longer. */
export const longestWaitMs = 5_000;
