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
import * as wire from "#core/accounts/wire/session.ts";
import type { Role } from "#core/role.ts";

/**
 * Who is signed in; every screen stands on it. What was left here without a signal is ended first: until the server has
 * heard of that, nobody is.
 */
export const session = createResource(async (signal) => {
  const first = await askWho(isMarkedLeft(), signal);
  // Left while it was under way, in another tab.
  return known(first.signedIn && isMarkedLeft() ? await askWho(true, signal) : first);
});

function askWho(isLeft: boolean, signal: AbortSignal): Promise<wire.SessionReply> {
  const options = isLeft ? ({ method: "DELETE", isProof: true } as const) : {};
  return fetchJson("/api/session", wire.sessionReply, { ...options, signal });
}

/** Person and kind of session that the page shows things of. */
let shownTo: string | null = null;

/** Takes note of a session, and of its token before anything is asked under it. */
function known(reply: wire.SessionReply): wire.SessionReply {
  setPageToken(reply.pageToken);
  command.set(() => reply.command);
  const who = reply.signedIn ? `${reply.person} ${reply.role} ${reply.partnerName}` : null;
  // Another tab may have signed in as someone else: nothing of the one before may stay in view.
  if (shownTo !== null && who !== shownTo) forgetEverything();
  shownTo = who;
  return reply;
}

export type DemoPartner = "a" | "b" | "c";

export function signIn(role: Role, partner?: DemoPartner): Promise<wire.SessionReply> {
  return enter("POST", "/api/session", partner ? { role, partner } : { role });
}

export function signInByPassword(name: string, password: string): Promise<wire.SessionReply> {
  return enter("POST", "/api/session", { name, password });
}

/** A first password, by the one-time secret of the administrator. */
export function setUpPassword(typed: {
  readonly name: string;
  readonly secret: string;
  readonly password: string;
}): Promise<wire.SessionReply> {
  return enter("POST", "/api/session/set-up", typed);
}

/** A phone is set up by a link of one use. */
export function setUpDevice(typed: {
  readonly secret: string;
  readonly pin: string;
}): Promise<wire.SessionReply> {
  return enter("POST", "/api/session/device", typed);
}

export function signInByPin(pin: string): Promise<wire.SessionReply> {
  return enter("POST", "/api/session/pin", { pin });
}

/** By a passkey alone, as the browser answered for it. */
export function signInByPasskey(passkey: unknown): Promise<wire.SessionReply> {
  return enter("POST", "/api/session/passkey", { passkey });
}

/** After the password. */
export function takeSecondStep(proof: object): Promise<wire.SessionReply> {
  return enter("POST", "/api/session/second-step", proof);
}

/** Once more, for what asks for it. */
export function proveAgain(proof: object): Promise<void> {
  return fetchNothing("/api/session/prove", { method: "POST", body: proof, isProof: true });
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
export function lockSession(): Promise<wire.SessionReply> {
  return goOn("POST", "/api/session/lock");
}

export function unlock(
  proof: { readonly password: string } | { readonly pin: string },
): Promise<wire.SessionReply> {
  return goOn("POST", "/api/session/unlock", proof);
}

export function changePassword(current: string, password: string): Promise<wire.SessionReply> {
  return goOn("PUT", "/api/session/password", { current, password });
}

export function loadOwnSignIns(signal?: AbortSignal): Promise<wire.OwnSignInsReply> {
  return fetchJson("/api/sign-ins", wire.ownSignInsReply, { signal });
}

export function endOwnSignIn(id: string): Promise<void> {
  return fetchNothing(`/api/sign-ins/${id}`, { method: "DELETE" });
}

/** Another person: nothing of the one before stays. */
async function enter(method: "POST", path: string, body?: unknown): Promise<wire.SessionReply> {
  const reply = await fetchJson(path, wire.sessionReply, { method, body, isProof: true });
  forgetEverything();
  return accept(reply);
}

/** The same person's session goes on; a proof that fails leaves it as it is. */
async function goOn(
  method: "POST" | "PUT",
  path: string,
  body?: unknown,
): Promise<wire.SessionReply> {
  return accept(await fetchJson(path, wire.sessionReply, { method, body, isProof: true }));
}

function accept(reply: wire.SessionReply): wire.SessionReply {
  session.accept(known(reply));
  return reply;
}

// The server has ended the session: ask who we are, and keep nothing that the last person saw.
whenSignedOut(() => {
  forgetEverything();
  session.reload();
});

whenSessionChanged(() => session.reload());
