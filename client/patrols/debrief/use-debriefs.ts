import { useSession } from "#client/accounts/session-context.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { loadDebriefs } from "#client/patrols/debrief/debrief-api.ts";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";

/** How often this page has saved one: all that counts what waits counts anew. */
const saves = createStore(0);

export function noteDebriefSaved(): void {
  saves.set((count) => count + 1);
}

/** The shifts of the last two weeks and what was said of them. */
export function useDebriefs() {
  const { asAt } = useSession();
  const count = useStore(saves, (state) => state);
  return useFetched(`debriefs ${asAt} ${count}`, (signal) => loadDebriefs(asAt, signal));
}
