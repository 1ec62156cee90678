import { fetchJson } from "#client/api/fetch.ts";
import { type DebriefBody, type DebriefsReply, debriefsReply } from "#core/patrols/wire/debrief.ts";
import { addDays } from "#core/time/zone.ts";

/** Two weeks and today: what is older is in no hurry any more. */
const daysBack = 14;

export function loadDebriefs(asAt: string, signal: AbortSignal): Promise<DebriefsReply> {
  const query = new URLSearchParams({
    from: addDays(asAt, -daysBack),
    days: String(daysBack + 1),
  });
  return fetchJson(`/api/debriefs?${query}`, debriefsReply, { signal });
}

export function saveDebrief(body: DebriefBody): Promise<DebriefsReply> {
  return fetchJson("/api/debriefs", debriefsReply, { method: "PUT", body });
}
