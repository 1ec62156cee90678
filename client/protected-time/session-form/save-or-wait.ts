import { session } from "#client/accounts/session.ts";
import { personAtScreen } from "#client/accounts/unsent/person.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { hasValue } from "#client/api/resource.ts";
import { keepUntold, mayWait } from "#client/api/untold.ts";
import { reloadOwn } from "#client/protected-time/outreach/outreach-api.ts";
import { toldSentence } from "#client/protected-time/outreach/outreach-words.ts";
import { contactWords } from "#client/protected-time/outreach/PoliceContact.tsx";
import { type Letter, sendLetter } from "#client/protected-time/unsent/letter.ts";
import { say, tell } from "#client/protected-time/words/diary.tsx";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { clearToasts } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";
import { createZone } from "#core/time/zone.ts";

/** Number of the session saved last, which its person looks for on the first screen. */
export const lastSaved = createStore<string | null>(null);

forgetOnSignOut(() => lastSaved.set(() => null));

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
  tell(savedWords(saved.told));
  lastSaved.set(() => saved.id);
  reloadOwn();
}

function savedWords(told: OutreachSessionReply["told"]): string {
  if (told === null) return say("saved.plain");
  const who = session.store.get();
  const sentence = hasValue(who)
    ? toldSentence({ zone: createZone(who.value.timeZone) }, told)
    : told.sentence;
  return told.confirmedAt === null
    ? say("saved.told", { sentence, contact: contactWords() })
    : sentence;
}
