import { errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { session } from "#client/api/session.ts";
import { askBeforeLocking } from "#client/app/lock-store.ts";
import { reloadOwn } from "#client/outreach/outreach-api.ts";
import { followPerson, sendUntold, waitForSignal } from "#client/state/untold.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { OutreachSessionReply } from "#core/wire/outreach.ts";

followPerson(personAtScreen);
askBeforeLocking(sendUntold);

/**
 * Sends what police have to be told. Without an answer it waits in this page and goes out by itself; what
 * the server refuses is thrown, for it has to be changed. `send` may be called again.
 */
export async function saveOrWait(
  words: string,
  send: () => Promise<OutreachSessionReply>,
): Promise<"told" | "waits"> {
  const deliver = async () => {
    const saved = await send();
    showToast(saved.told?.sentence ?? "Saved. No patrol is planned there at these times.");
    reloadOwn();
  };
  try {
    await deliver();
    return "told";
  } catch (cause) {
    const person = personAtScreen();
    if (person === null || !hadNoAnswer(errorFromFailure(cause))) throw cause;
    waitForSignal({ id: crypto.randomUUID(), words, person, send: deliver });
    return "waits";
  }
}

function personAtScreen(): string | null {
  const who = session.store.get();
  if (!hasValue(who) || !who.value.signedIn || who.value.locked) return null;
  return who.value.person;
}
