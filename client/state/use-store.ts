import { useSyncExternalStore } from "react";
import type { Store } from "#client/state/store.ts";

/** `select` must return something held in the state, not a fresh object. */
export function useStore<State, Selected>(
  store: Store<State>,
  select: (state: State) => Selected,
): Selected {
  const now = () => select(store.get());
  return useSyncExternalStore(store.subscribe, now, now);
}
