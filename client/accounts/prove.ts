import { ask } from "#client/api/ask.ts";

/** A call that proves who somebody is: where it fails, a session that is there is not over. */
export const prove: typeof ask = (asked, said, options) =>
  ask(asked, said, { ...options, isProof: true });
