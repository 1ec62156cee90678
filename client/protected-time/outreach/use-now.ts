import { useState } from "react";
import { session } from "#client/accounts/session.ts";
import { hasValue } from "#client/api/resource.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";

const tickMs = 10_000;

/**
 * The server's clock in epoch milliseconds, as it goes on from when the session was read; to ten seconds. What
 * the session says itself stands still while the page is in view.
 */
export function useNow(): number {
  const read = useStore(session.store, (state) => state);
  const [, tick] = useState(0);
  useInterval(() => tick((count) => count + 1), tickMs);
  return hasValue(read) ? Date.parse(read.value.now) + (Date.now() - read.at) : Number.NaN;
}
