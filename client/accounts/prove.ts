import { ask } from "#client/api/ask.ts";

/** A failed proof does not end the current session. */
export const prove: typeof ask = (asked, said, options) =>
  ask(asked, said, { ...options, isProof: true });
