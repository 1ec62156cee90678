import { isMarkedLeft, markLeft, watchLeaving } from "#client/accounts/left-mark.ts";
import {
  fetchJson,
  fetchNothing,
  giveUpRequests,
  setPageToken,
  whenSessionChanged,
  whenSignedOut,
} from "#client/api/fetch.ts";
import { forgetEverything, removeEverything } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { command } from "#client/state/command.ts";
import { type SessionReply, sessionReply } from "#core/accounts/wire/session.ts";

/**
 * Who is signed in; every screen stands on it. What was left here without a signal is ended first: until the server has
 * heard of that, nobody is.
 */
export const session = createResource(async (signal) => {
  const first = await askWho(isMarkedLeft(), signal);
  // Left while it was under way, in another tab.
  return known(first.signedIn && isMarkedLeft() ? await askWho(true, signal) : first);
});

function askWho(isLeft: boolean, signal: AbortSignal): Promise<SessionReply> {
  const options = isLeft ? ({ method: "DELETE", isProof: true } as const) : {};
  return fetchJson("/api/session", sessionReply, { ...options, signal });
}

/** Person and kind of session that the page shows things of. */
let shownTo: string | null = null;

/** Takes note of a session, and of its token before anything is asked under it. */
function known(reply: SessionReply): SessionReply {
  setPageToken(reply.pageToken);
  command.set(() => reply.command);
  const who = reply.signedIn ? `${reply.person} ${reply.role} ${reply.partnerName}` : null;
  // Another tab may have signed in as someone else: nothing of the one before may stay in view.
  if (shownTo !== null && who !== shownTo) forgetEverything();
  shownTo = who;
  return reply;
}

/** Asks its person first, where the last proof is older than five minutes. */
export function ensureFresh(): Promise<void> {
  return fetchNothing("/api/session/fresh");
}

/** Goes out even while the page is being left; nobody waits for the answer. */
export function endSessionOnLeaving(): void {
  markLeft();
  clearDevice();
  fetchNothing("/api/session", { method: "DELETE", keepalive: true }).catch(() => undefined);
}

/** At once, with a signal or without; the server is told as it is asked who is here now. */
export function signOut(): void {
  markLeft();
  clearDevice();
  session.reload();
}

/** Whatever is left in one tab is left in all. */
export function followLeaving(): void {
  watchLeaving(() => {
    clearDevice();
    session.reload();
  });
}

/** Nothing of this person stays, on the page or on the device; what is under way arrives neither there nor here. */
function clearDevice(): void {
  giveUpRequests();
  removeEverything();
  forgetEverything();
  setPageToken(null);
  shownTo = null;
  session.reset();
}

/** The session answers nothing until its person proves to be there. */
export function lockSession(): Promise<void> {
  return goOn(post("/api/session/lock"));
}

export function unlock(
  proof: { readonly password: string } | { readonly pin: string },
): Promise<void> {
  return goOn(post("/api/session/unlock", proof));
}

/** With the page from the start, which has no other calls by then. */
function post(path: string, body?: object): Promise<SessionReply> {
  return fetchJson(path, sessionReply, { method: "POST", body, isProof: true });
}

/** Another person: nothing of the one before stays. */
export async function enter(reply: Promise<SessionReply>): Promise<void> {
  const entered = await reply;
  forgetEverything();
  session.accept(known(entered));
}

/** The same person's session goes on; a proof that fails leaves it as it is. */
export async function goOn(reply: Promise<SessionReply>): Promise<void> {
  session.accept(known(await reply));
}

// The server has ended the session: ask who we are, and keep nothing that the last person saw.
whenSignedOut(() => {
  forgetEverything();
  session.reload();
});

whenSessionChanged(() => session.reload());
