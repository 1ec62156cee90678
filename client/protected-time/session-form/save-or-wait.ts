import { session } from "#client/accounts/session.ts";
import { askBeforeLocking } from "#client/accounts/sign-in/lock-store.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { hasValue } from "#client/api/resource.ts";
import { followPerson, keepUntold, mayWait, sendUntold } from "#client/api/untold.ts";
import { reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import { type Letter, sendLetter } from "#client/protected-time/unsent/letter.ts";
import { createStore } from "#client/state/store.ts";
import { clearToasts, showToast } from "#client/ui/toast-store.ts";

/** The session that was saved last, which its person looks for on the first screen; its number. */
export const lastSaved = createStore<string | null>(null);

forgetOnSignOut(() => lastSaved.set(() => null));
followPerson(personAtScreen, session.store.subscribe);
askBeforeLocking(sendUntold);

/**
 * Sends what police have to be told. Without an answer, or where the session has ended meanwhile, it waits in
 * this page and goes out by itself; what the server refuses is thrown, for it has to be changed. `about` is the
 * place, where its buttons must know of it.
 */
export async function saveOrWait(
  words: string,
  letter: Letter,
  about?: string,
): Promise<"told" | "waits"> {
  // Before: a session that has ended is forgotten by the time that its refusal is here.
  const person = personAtScreen();
  try {
    await deliver(letter);
    return "told";
  } catch (cause) {
    const error = errorFromFailure(cause);
    if (person === null || !mayWait(error)) throw cause;
    const send = () => deliver(letter);
    keepUntold({ id: crypto.randomUUID(), words, person, about, letter, send }, error);
    // An older "Shown to police" must not lie over "Police not told yet".
    clearToasts();
    return "waits";
  }
}

/** Sends it, or sends it again: it is saved once. */
export async function deliver(letter: Letter): Promise<void> {
  const saved = await sendLetter(letter);
  showToast(saved.told?.sentence ?? "Saved. Police will not plan patrols there then.");
  lastSaved.set(() => saved.id);
  reloadOwn();
}

export function personAtScreen(): string | null {
  const who = session.store.get();
  if (!hasValue(who) || !who.value.signedIn || who.value.locked) return null;
  return who.value.person;
}
