import { session } from "#client/accounts/session.ts";
import { askBeforeLocking } from "#client/accounts/sign-in/lock-store.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { hasValue } from "#client/api/resource.ts";
import { followPerson, keepUntold, mayWait, sendUntold } from "#client/api/untold.ts";
import { reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import { contactWords } from "#client/protected-time/outreach/PoliceContact.tsx";
import { type Letter, sendLetter } from "#client/protected-time/unsent/letter.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { clearToasts, showToast } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";

/** Number of the session saved last, which its person looks for on the first screen. */
export const lastSaved = createStore<string | null>(null);

forgetOnSignOut(() => lastSaved.set(() => null));
followPerson(personAtScreen, session.store.subscribe);
askBeforeLocking(sendUntold);

/**
 * Sends what police must be told. With no answer or an ended session it waits in this page and is
 * sent later; refusals are thrown, as they need changes. `about` is the place whose buttons show
 * the state.
 */
export async function saveOrWait(
  words: string,
  letter: Letter,
  about?: string,
): Promise<"told" | "waits"> {
  // Read first: an ended session is cleared before its refusal arrives.
  const person = personAtScreen();
  try {
    await deliver(letter);
    undoHistory.end();
    return "told";
  } catch (cause) {
    const error = errorFromFailure(cause);
    if (person === null || !mayWait(error)) throw cause;
    const send = () => deliver(letter);
    keepUntold({ id: crypto.randomUUID(), words, person, about, letter, send }, error);
    // An older "On police screens" must not lie over "Police not told yet".
    clearToasts();
    undoHistory.end();
    return "waits";
  }
}

/** Idempotent: retries save once. */
export async function deliver(letter: Letter): Promise<void> {
  const saved = await sendLetter(letter);
  showToast(savedWords(saved.told));
  lastSaved.set(() => saved.id);
  reloadOwn();
}

function savedWords(told: OutreachSessionReply["told"]): string {
  if (told === null) return "Saved. Police will not plan patrols there then.";
  return told.confirmedAt === null
    ? `${told.sentence} Phone ${contactWords()} too.`
    : told.sentence;
}

export function personAtScreen(): string | null {
  const who = session.store.get();
  if (!hasValue(who) || !who.value.signedIn || who.value.locked) return null;
  return who.value.person;
}
