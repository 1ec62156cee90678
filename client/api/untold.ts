import { type ApiError, errorFromFailure, hadNoAnswer } from "#client/api/api-error.ts";
import { removeOnLeaving } from "#client/api/private-data.ts";
import { quickExit } from "#client/state/quick-exit.ts";
import { createStore } from "#client/state/store.ts";
import { secondFactorType, stalePageTitle } from "#core/text/problem-types.ts";

/** An entry for the police that could not be sent; in this page's memory only. */
export interface Untold {
  readonly id: string;
  readonly words: string;
  readonly about?: string | undefined;
  /** Whose it is: never sent in another person's session. */
  readonly person: string;
  /** What `send` sends, if it may outlive the page on the phone. */
  readonly letter?: unknown;
  /** Safe to repeat: saved once. */
  readonly send: () => Promise<void>;
  readonly refusal: string | null;
  /** 5 seconds where it is not said. */
  readonly retryMs?: number;
}

export const untold = createStore<readonly Untold[]>([]);

/** Until there is a signal, or until the person opens the page again. */
export const waitingFor = createStore<"signal" | "person">("signal");

/** Null when nobody is signed in at an unlocked screen. */
let personNow: () => string | null = () => null;
const tryEveryMs = 5_000;
let timer: ReturnType<typeof setInterval> | null = null;
let sending: Promise<boolean> | null = null;

/**
 * Retried until it is sent; the page asks before it is closed meanwhile. One of the same id takes
 * its place in the order.
 */
export function keepUntold(entry: Omit<Untold, "refusal">, cause?: ApiError): void {
  if (cause && untold.get().length === 0) note(cause);
  const kept = { ...entry, refusal: null };
  untold.set((list) =>
    list.some(({ id }) => id === kept.id)
      ? list.map((one) => (one.id === kept.id ? kept : one))
      : [...list, kept],
  );
  if (timer !== null) return;
  timer = setInterval(() => void sendUntold(), entry.retryMs ?? tryEveryMs);
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

/** Neither saved nor refused: the same may be sent again. */
export function mayWait(error: ApiError): boolean {
  return hadNoAnswer(error) || waitsForPerson(error);
}

/**
 * Tells this module who is signed in and when that may change. Signing in sends at once; entries of
 * another person are dropped.
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
 * Sends in the order saved and stops at the first entry that is offline. False when offline, so
 * that ending the session can wait.
 */
export function sendUntold(): Promise<boolean> {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll(): Promise<boolean> {
  for (;;) {
    const person = personNow();
    if (person === null) return true;
    for (const { id, person: whose } of untold.get()) if (whose !== person) dropUntold(id);
    // Read again each time: one may be dropped or replaced while another is sent.
    const entry = untold.get().find(({ refusal }) => refusal === null);
    if (!entry) return true;
    const outcome = await sendOne(entry);
    if (outcome !== "settled") return outcome === "waits for its person";
  }
}

type Outcome = "settled" | "no signal" | "waits for its person";

async function sendOne(entry: Untold): Promise<Outcome> {
  try {
    await entry.send();
    if (untold.get().includes(entry)) dropUntold(entry.id);
    return "settled";
  } catch (cause) {
    const error = errorFromFailure(cause);
    if (mayWait(error)) {
      note(error);
      return hadNoAnswer(error) ? "no signal" : "waits for its person";
    }
    const refusal = `${error.title}. ${error.detail}`;
    untold.set((list) => list.map((one) => (one === entry ? { ...one, refusal } : one)));
    return "settled";
  }
}

/** About the session or the rate limit, not about the entry. */
function waitsForPerson({ status, title, type }: ApiError): boolean {
  if (status === 403) return title === stalePageTitle || type === secondFactorType;
  return status === 401 || status === 423 || status === 429;
}

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

/** Timers stop while a phone sleeps: retry on waking and when the signal is back. */
function onChance(): void {
  if (!document.hidden) void sendUntold();
}

function warn(event: BeforeUnloadEvent): void {
  // A quick exit must not prompt.
  if (!quickExit.get().isLeaving) event.preventDefault();
}
