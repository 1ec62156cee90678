import { createStore } from "#client/state/store.ts";

/** Null; or a newer version of this page is there, and this loads it. */
export const newerPage = createStore<(() => void) | null>(null);
