import { z } from "zod";
import { errorFromFailure } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { readKept, removeKept, writeKept } from "#client/api/kept-item.ts";
import { forgetOnSignOut, removeOnLeaving } from "#client/api/private-data.ts";
import { keepUntold, sendUntold, untold } from "#client/api/untold.ts";
import { contactWords } from "#client/protected-time/outreach/PoliceContact.tsx";
import { deliver, personAtScreen } from "#client/protected-time/session-form/save-or-wait.ts";
import { letterForm } from "#client/protected-time/unsent/letter.ts";
import { type Keeper, keeperOf, seal, unseal } from "#client/protected-time/unsent/seal.ts";
import { say, tell } from "#client/protected-time/words/diary.tsx";
import { createStore } from "#client/state/store.ts";
import { outreachCalls } from "#core/protected-time/wire/outreach.ts";

/** Opt-in; encrypted; off by default. */
export const keeping = createStore<boolean>(false);

/** The server gives the key to the signed-in person; held in memory, never stored. */
let keeper: Keeper | null = null;

const entries = z.array(
  z.strictObject({
    id: z.string(),
    words: z.string(),
    about: z.string().optional(),
    letter: letterForm,
  }),
);

untold.subscribe(() => void keepNow());
forgetOnSignOut(forgetKeeper);
removeOnLeaving(forgetKeeper);

/** Until its person signs out. */
export async function startKeeping(): Promise<void> {
  const mine = await loadKeeper();
  writeKept({ of: mine.mark, count: 0, sealed: null });
  hold(mine);
  await keepNow();
}

export function stopKeeping(): void {
  forgetKeeper();
  removeKept();
}

/** On opening: sends the person's entries, deletes anyone else's. */
export async function resumeKeeping(): Promise<void> {
  const item = readKept();
  if (item === null || keeper !== null) return;
  const mine = await loadKeeper();
  if (item.of !== mine.mark) {
    removeKept();
    return;
  }
  const opened = item.sealed === null ? "[]" : await unseal(mine, item.sealed);
  const read = entries.safeParse(JSON.parse(opened ?? "null"));
  if (!read.success) {
    tell(say("unsent.lost", { contact: contactWords() }));
  }
  const person = personAtScreen();
  for (const entry of read.data ?? []) {
    if (person !== null && !untold.get().some(({ id }) => id === entry.id)) {
      const { letter } = entry;
      keepUntold({ ...entry, person, send: () => deliver(letter) }, notSent);
    }
  }
  hold(mine);
  await keepNow();
  await sendUntold();
}

const notSent = errorFromFailure(new TypeError("Not sent before the page was closed"));

const loadKeeper = async () => keeperOf((await ask(outreachCalls.keepingKey, {})).key);

function hold(mine: Keeper): void {
  keeper = mine;
  keeping.set(() => true);
}

function forgetKeeper(): void {
  keeper = null;
  keeping.set(() => false);
}

/** Writes in sequence: the last one wins. */
let writing: Promise<void> = Promise.resolve();

function keepNow(): Promise<void> {
  writing = writing.then(write).catch(() => {
    tell(say("unsent.cannot"));
  });
  return writing;
}

async function write(): Promise<void> {
  const mine = keeper;
  if (mine === null) return;
  const list = untold
    .get()
    // Refused entries must be entered again.
    .filter(({ refusal, letter }) => refusal === null && letter !== undefined)
    .map(({ id, words, about, letter }) => ({ id, words, about, letter }));
  const sealed = list.length === 0 ? null : await seal(mine, JSON.stringify(list));
  // Switched off or left during encryption.
  if (keeper === mine) writeKept({ of: mine.mark, count: list.length, sealed });
}
