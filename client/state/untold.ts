import { errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { quickExit } from "#client/state/quick-exit.ts";
import { createStore } from "#client/state/store.ts";

/** Something that police have to be told and that could not go out; in the memory of this page alone. */
export interface Untold {
  readonly id: string;
  /** What it is, for its own person. */
  readonly words: string;
  /** Whose it is: it goes out under nobody else's name. */
  readonly person: string;
  /** May be called again and again: what arrives twice is saved once. */
  readonly send: () => Promise<void>;
  /** The server's answer, where it is not saved as it is. */
  readonly refusal: string | null;
}

export const untold = createStore<readonly Untold[]>([]);

/** Who is signed in and at the screen, so that it may go out; null while nobody is. */
let personNow: () => string | null = () => null;
const tryEveryMs = 5_000;
let timer: ReturnType<typeof setInterval> | null = null;
let sending: Promise<boolean> | null = null;

/** Kept until it has gone out; the page asks before it is left meanwhile. */
export function waitForSignal(entry: Omit<Untold, "refusal">): void {
  untold.set((list) => [...list, { ...entry, refusal: null }]);
  if (timer !== null) return;
  timer = setInterval(() => void sendUntold(), tryEveryMs);
  window.addEventListener("online", onOnline);
  window.addEventListener("beforeunload", warn);
}

export function dropUntold(id: string): void {
  untold.set((list) => list.filter((entry) => entry.id !== id));
  if (untold.get().length === 0) stop();
}

/** Tells who is signed in; what belongs to somebody else is gone with them. */
export function followPerson(read: () => string | null): void {
  personNow = read;
}

/**
 * In the order in which they were saved; the first that finds no signal stops the rest. False where there is
 * no signal: whoever is about to shut the session waits.
 */
export function sendUntold(): Promise<boolean> {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll(): Promise<boolean> {
  const person = personNow();
  if (person === null) return true;
  for (const entry of untold.get()) {
    if (entry.person !== person) {
      dropUntold(entry.id);
      continue;
    }
    const outcome = entry.refusal === null ? await sendOne(entry) : "settled";
    if (outcome !== "settled") return outcome === "waits for its person";
  }
  return true;
}

type Outcome = "settled" | "no signal" | "waits for its person";

async function sendOne(entry: Untold): Promise<Outcome> {
  try {
    await entry.send();
    dropUntold(entry.id);
    return "settled";
  } catch (cause) {
    const error = errorFromFailure(cause);
    if (hadNoAnswer(error)) return "no signal";
    if (waitsForPerson.has(error.status)) return "waits for its person";
    const refusal = `${error.title}. ${error.detail}`;
    untold.set((list) => list.map((one) => (one.id === entry.id ? { ...one, refusal } : one)));
    return "settled";
  }
}

/** Signed out, another page's session, locked, too many calls: none of them is a word on the entry itself. */
const waitsForPerson: ReadonlySet<number> = new Set([401, 403, 423, 429]);

function stop(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
  window.removeEventListener("online", onOnline);
  window.removeEventListener("beforeunload", warn);
}

function onOnline(): void {
  void sendUntold();
}

function warn(event: BeforeUnloadEvent): void {
  // Whoever leaves in a hurry is asked nothing.
  if (!quickExit.get().isLeaving) event.preventDefault();
}
