import { z } from "zod";
import { personAtScreen } from "#client/accounts/unsent/person.ts";
import { type Keeper, keeperOf, seal, unseal } from "#client/accounts/unsent/seal.ts";
import { errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { readKept, removeKept, writeKept } from "#client/api/kept-item.ts";
import { forgetOnSignOut, removeOnLeaving } from "#client/api/private-data.ts";
import { keepUntold, sendUntold, untold } from "#client/api/untold.ts";
import { createStore } from "#client/state/store.ts";
import { keepingCalls } from "#core/accounts/wire/keeping.ts";

/** What a role keeps sealed on its phone until it is sent: a partner's sessions, an officer's taps. */
export interface Post<Letter> {
  /** Validates what was kept, which another version of the page may have written. */
  readonly form: z.ZodType<Letter>;
  readonly send: (letter: Letter) => Promise<void>;
  readonly retryMs: number;
  /** Off until its person chooses it; else kept whenever there is something. */
  readonly isByChoice: boolean;
  /** What was kept cannot be read. */
  readonly onLost: () => void;
  /** The browser has no storage. */
  readonly onCannot: () => void;
}

export const keeping = createStore<boolean>(false);

/** The server gives the key to the signed-in person; held in memory, never stored. */
let open: Open | null = null;
interface Open {
  readonly keeper: Keeper;
  readonly post: Pick<Post<unknown>, "isByChoice" | "onCannot">;
}

const entries = z.array(
  z.strictObject({
    id: z.string(),
    words: z.string(),
    about: z.string().optional(),
    letter: z.unknown(),
  }),
);

untold.subscribe(() => void keepNow());
forgetOnSignOut(forgetKeeper);
removeOnLeaving(forgetKeeper);

/** By its person's choice, until they sign out. */
export async function startKeeping(post: Open["post"]): Promise<void> {
  const keeper = await loadKeeper();
  writeKept({ of: keeper.mark, count: 0, sealed: null });
  hold(keeper, post);
  await keepNow();
}

export function stopKeeping(): void {
  forgetKeeper();
  removeKept();
}

/** On opening: sends the person's entries, deletes anyone else's. Goes on until there is a signal. */
export async function resumeKeeping<Letter>(post: Post<Letter>): Promise<void> {
  try {
    await resume(post);
  } catch (cause) {
    if (!hadNoAnswer(errorFromFailure(cause))) return;
    setTimeout(() => void resumeKeeping(post), post.retryMs);
  }
}

const isOpen = () => open !== null;

async function resume<Letter>(post: Post<Letter>): Promise<void> {
  // Without a secure context there is no cryptography: only the page's memory.
  if (isOpen() || !window.isSecureContext) return;
  const person = personAtScreen();
  if (person === null) return;
  if (post.isByChoice && readKept() === null) return;
  const keeper = await loadKeeper();
  // Read after the wait: another page of this person may have sent it meanwhile.
  const item = readKept();
  if (person !== personAtScreen() || isOpen()) return;
  if (item !== null && item.of !== keeper.mark) removeKept();
  else if (item?.sealed) await takeUp(await unseal(keeper, item.sealed), person, post);
  if (post.isByChoice && readKept() === null) return;
  hold(keeper, post);
  await keepNow();
  await sendUntold();
}

async function takeUp<Letter>(
  opened: string | null,
  person: string,
  { form, send, retryMs, onLost }: Post<Letter>,
): Promise<void> {
  const read = z
    .array(entries.element.extend({ letter: form }))
    .safeParse(JSON.parse(opened ?? "null"));
  if (!read.success) onLost();
  for (const entry of read.data ?? []) {
    if (untold.get().some(({ id }) => id === entry.id)) continue;
    keepUntold({ ...entry, person, retryMs, send: () => send(entry.letter) }, notSent);
  }
}

const notSent = errorFromFailure(new TypeError("Not sent before the page was closed"));

const loadKeeper = async () => keeperOf((await ask(keepingCalls.key, {})).key);

function hold(keeper: Keeper, post: Open["post"]): void {
  open = { keeper, post };
  keeping.set(() => true);
}

function forgetKeeper(): void {
  open = null;
  keeping.set(() => false);
}

/** Writes in sequence: the last one wins. */
let writing: Promise<void> = Promise.resolve();

function keepNow(): Promise<void> {
  writing = writing.then(write).catch(() => open?.post.onCannot());
  return writing;
}

async function write(): Promise<void> {
  const mine = open;
  if (mine === null) return;
  const list = untold
    .get()
    // Refused entries must be entered again.
    .filter(({ refusal, letter }) => refusal === null && letter !== undefined)
    .map(({ id, words, about, letter }) => ({ id, words, about, letter }));
  const sealed = list.length === 0 ? null : await seal(mine.keeper, JSON.stringify(list));
  // Switched off or left during encryption.
  if (open !== mine) return;
  if (sealed === null && !mine.post.isByChoice) removeKept();
  else writeKept({ of: mine.keeper.mark, count: list.length, sealed });
}
