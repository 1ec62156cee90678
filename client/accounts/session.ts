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
 * Who is signed in. A session left while offline is ended first: until the server knows, nobody is
 * signed in.
 */
export const session = createResource(async (signal) => {
  const first = await askWho(isMarkedLeft(), signal);
  // Another tab may have left meanwhile.
  return known(first.signedIn && isMarkedLeft() ? await askWho(true, signal) : first);
});

function askWho(isLeft: boolean, signal: AbortSignal): Promise<SessionReply> {
  const options = isLeft ? ({ method: "DELETE", isProof: true } as const) : {};
  return fetchJson("/api/session", sessionReply, { ...options, signal });
}

let shownTo: string | null = null;

/** Sets the page token before anything is asked under the session. */
function known(reply: SessionReply): SessionReply {
  setPageToken(reply.pageToken);
  command.set(() => reply.command);
  const who = reply.signedIn ? `${reply.person} ${reply.role} ${reply.partnerName}` : null;
  // Another tab may have signed in as someone else: clear all earlier data.
  if (shownTo !== null && who !== shownTo) forgetEverything();
  shownTo = who;
  return reply;
}

/** Asks for a proof first, where the last is older than five minutes. */
export function ensureFresh(): Promise<void> {
  return fetchNothing("/api/session/fresh");
}

/** Sent even while the page is being left; nobody waits for the answer. */
export function endSessionOnLeaving(): void {
  markLeft();
  clearDevice();
  fetchNothing("/api/session", { method: "DELETE", keepalive: true }).catch(() => undefined);
}

/** At once, also offline: the server hears of it when the session is next asked for. */
export function signOut(): void {
  markLeft();
  clearDevice();
  session.reload();
}

export function followLeaving(): void {
  watchLeaving(() => {
    clearDevice();
    session.reload();
  });
}

/** Clears page and device; requests under way are aborted. */
function clearDevice(): void {
  giveUpRequests();
  removeEverything();
  forgetEverything();
  setPageToken(null);
  shownTo = null;
  session.reset();
}

/** The session answers nothing until the person proves who they are. */
export function lockSession(): Promise<void> {
  return goOn(post("/api/session/lock"));
}

export function unlock(
  proof: { readonly password: string } | { readonly pin: string },
): Promise<void> {
  return goOn(post("/api/session/unlock", proof));
}

function post(path: string, body?: object): Promise<SessionReply> {
  return fetchJson(path, sessionReply, { method: "POST", body, isProof: true });
}

export async function enter(reply: Promise<SessionReply>): Promise<void> {
  const entered = await reply;
  forgetEverything();
  session.accept(known(entered));
}

/** Same person: a failed proof changes nothing. */
export async function goOn(reply: Promise<SessionReply>): Promise<void> {
  session.accept(known(await reply));
}

// The server ended the session: reload it and drop the last person's data.
whenSignedOut(() => {
  forgetEverything();
  session.reload();
});

whenSessionChanged(() => session.reload());
