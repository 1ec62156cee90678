import { fetchJson } from "#client/api/fetch.ts";
import {
  type OwnTalliesReply,
  type OwnTallyBody,
  ownTalliesReply,
} from "#core/outcomes/wire/tallies.ts";

export function loadOwnContacts(signal: AbortSignal): Promise<OwnTalliesReply> {
  return fetchJson("/api/tallies/own", ownTalliesReply, { signal });
}

/** What is typed again for a period takes the place of what was. */
export async function typeOwnContacts(body: OwnTallyBody): Promise<void> {
  await fetchJson("/api/tallies/own", ownTalliesReply, { method: "POST", body });
}
