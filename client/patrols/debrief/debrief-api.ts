import { useSession } from "#client/accounts/session-context.ts";
import { fetchJson } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { type DebriefBody, type DebriefsReply, debriefsReply } from "#core/patrols/wire/debrief.ts";
import { addDays } from "#core/time/zone.ts";

/** The shifts of the last two weeks and what was said of them. */
export function useDebriefs() {
  const { asAt } = useSession();
  const count = useStore(saves, (state) => state);
  return useFetched(`debriefs ${asAt} ${count}`, (signal) => loadDebriefs(asAt, signal));
}

export function noteDebriefSaved(): void {
  saves.set((count) => count + 1);
}

function loadDebriefs(asAt: string, signal: AbortSignal): Promise<DebriefsReply> {
  const query = new URLSearchParams({
    from: addDays(asAt, -daysBack),
    days: String(daysBack + 1),
  });
  return fetchJson(`/api/debriefs?${query}`, debriefsReply, { signal });
}

export function saveDebrief(body: DebriefBody): Promise<DebriefsReply> {
  return fetchJson("/api/debriefs", debriefsReply, { method: "PUT", body });
}

/** How often this page has saved one: all that counts what waits counts again. */
const saves = createStore(0);

/** Two weeks and today: what is older is in no hurry any more. */
const daysBack = 14;
