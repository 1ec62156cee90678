import { session } from "#client/accounts/session.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { openingCalls } from "#core/accounts/wire/openings.ts";

/** What waits for a second person comes first. */
export const openings = keptCall(openingCalls.list, "openings", "police_openings");

export function reloadOpenings(): void {
  if (openings.store.get().status !== "idle") openings.reload();
}

export async function putOpeningsAway(): Promise<void> {
  await ask(openingCalls.seen, {});
  reloadOpenings();
  const shown = session.store.get();
  if (hasValue(shown)) session.accept({ ...shown.value, given: null });
}
