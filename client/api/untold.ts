import { type ApiError, errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { removeOnLeaving } from "#client/api/private-data.ts";
import { quickExit } from "#client/state/quick-exit.ts";
import { createStore } from "#client/state/store.ts";

/** Something that police have to be told and that could not go out; in the memory of this page. */
export interface Untold {
  readonly id: string;
  /** What it is, for its own person. */
  readonly words: string;
  /** Which place it is about, where something on the screen has to know. */
  readonly about?: string | undefined;
  /** Whose it is: it goes out under nobody else's name. */
  readonly person: string;
  /** What `send` sends, where its person chose to keep that on the phone as well. */
  readonly letter?: unknown;
  /** May be called again and again: what arrives twice is saved once. */
  readonly send: () => Promise<void>;
  /** The server's answer, where it is not saved as it is. */
  readonly refusal: string | null;
}

export const untold = createStore<readonly Untold[]>([]);

/** What the first of them waits for: a signal, or that its person opens the page again. */
export const waitingFor = createStore<"signal" | "person">("signal");

/** Who is signed in and at the screen, so that it may go out; null while nobody is. */
let personNow: () => string | null = () => null;
const tryEveryMs = 5_000;
let timer: ReturnType<typeof setInterval> | null = null;
let sending: Promise<boolean> | null = null;

/** Kept until it has gone out; the page asks before it is left meanwhile. */
export function keepUntold(entry: Omit<Untold, "refusal">, cause: ApiError): void {
  if (untold.get().length === 0) note(cause);
  untold.set((list) => [...list, { ...entry, refusal: null }]);
  if (timer !== null) return;
  timer = setInterval(() => void sendUntold(), tryEveryMs);
  window.addEventListener("online", onChance);
  document.addEventListener("visibilitychange", onChance);
  window.addEventListener("beforeunload", warn);
}

removeOnLeaving(() => {
  untold.set(() => []);
  stop();
});

export function dropUntold(id: string): void {
  untold.set((list) => list.filter((entry) => entry.id !== id));
  if (untold.get().length === 0) stop();
}

/** No word on what was sent: it is not saved and not refused, and the same may be sent again. */
export function mayWait(error: ApiError): boolean {
  return hadNoAnswer(error) || waitsForPerson.has(error.status);
}

/**
 * Tells who is signed in, and when that may have changed: whoever opens the page again sends at once. What belongs to
 * somebody else is gone with them.
 */
export function followPerson(
  read: () => string | null,
  onChange: (listener: () => void) => unknown,
): void {
  personNow = read;
  let before = read();
  onChange(() => {
    const now = read();
    if (before === null && now !== null) void sendUntold();
    before = now;
  });
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
    // Dropped while the one before it was under way.
    if (!untold.get().some(({ id }) => id === entry.id)) continue;
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
    if (mayWait(error)) {
      note(error);
      return hadNoAnswer(error) ? "no signal" : "waits for its person";
    }
    const refusal = `${error.title}. ${error.detail}`;
    untold.set((list) => list.map((one) => (one.id === entry.id ? { ...one, refusal } : one)));
    return "settled";
  }
}

/** Signed out, another page's session, locked, too many calls: none of them is a word on the entry itself. */
const waitsForPerson: ReadonlySet<number> = new Set([401, 403, 423, 429]);

function note(cause: ApiError): void {
  waitingFor.set(() => (hadNoAnswer(cause) ? "signal" : "person"));
}

function stop(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
  window.removeEventListener("online", onChance);
  document.removeEventListener("visibilitychange", onChance);
  window.removeEventListener("beforeunload", warn);
}

/** Retries when the signal is back or the phone wakes: its timers stood still. */
function onChance(): void {
  if (!document.hidden) void sendUntold();
}

function warn(event: BeforeUnloadEvent): void {
  // Whoever leaves in a hurry is asked nothing.
  if (!quickExit.get().isLeaving) event.preventDefault();
}
