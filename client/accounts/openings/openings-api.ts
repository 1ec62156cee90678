import { session } from "#client/accounts/session.ts";
import { fetchJson } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { keptReply } from "#client/live/kept.ts";
import { openingsReply, openingsSeenReply } from "#core/accounts/wire/openings.ts";

/** What was opened for accounts, as far as this role may know; what waits for a second person first. */
export const openings = keptReply("/api/openings", openingsReply, "openings", "police_openings");

/** After something was opened by this page. */
export function reloadOpenings(): void {
  if (openings.store.get().status !== "idle") openings.reload();
}

/** The word of a second person. */
export async function answerOpening(id: string, word: "confirm" | "refuse"): Promise<void> {
  openings.accept(
    await fetchJson(`/api/openings/${id}/${word}`, openingsReply, { method: "POST" }),
  );
}

/** What was told to this person has been read. */
export async function putOpeningsAway(): Promise<void> {
  await fetchJson("/api/openings/seen", openingsSeenReply, { method: "POST" });
  reloadOpenings();
  const shown = session.store.get();
  if (hasValue(shown)) session.accept({ ...shown.value, given: null });
}
