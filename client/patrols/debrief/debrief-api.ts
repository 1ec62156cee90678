import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { debriefCalls } from "#core/patrols/wire/debrief.ts";
import { addDays } from "#core/time/zone.ts";

/** Two weeks and today; older shifts are not urgent. */
const daysBack = 14;

/** Counts saves: whatever shows open shifts reloads. */
const saves = createStore(0);

export function useDebriefs() {
  const { asAt } = useSession();
  const count = useStore(saves, (state) => state);
  const query = { from: addDays(asAt, -daysBack), days: daysBack + 1 };
  return useFetched(`debriefs ${asAt} ${count}`, (signal) =>
    ask(debriefCalls.read, { query }, { signal }),
  );
}

export function noteDebriefSaved(): void {
  saves.set((count) => count + 1);
}
