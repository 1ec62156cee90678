import { forgetOnSignOut } from "#client/api/private-data.ts";

/** A reply that client/public/no-eval.js asked for while the code of the page was still coming. */
interface Ahead {
  readonly path: string;
  /** By `performance.now()`. */
  readonly at: number;
  /** Given up after 20 seconds, read or not. */
  readonly reply: Promise<Response>;
}

let ahead = (globalThis as { readonly askedAhead?: Ahead }).askedAhead ?? null;

// It was asked for whoever was signed in then.
forgetOnSignOut(() => {
  ahead = null;
});

/** Handed out once; null where nothing was asked for there. */
export function takeAhead(path: string): Ahead | null {
  if (ahead?.path !== path) return null;
  const taken = ahead;
  ahead = null;
  return taken;
}
