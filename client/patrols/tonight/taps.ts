import type { Post } from "#client/accounts/unsent/keep-unsent.ts";
import { personAtScreen } from "#client/accounts/unsent/person.ts";
import { ApiError } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { keepUntold, sendUntold, type Untold, untold } from "#client/api/untold.ts";
import { momentNow, serverNow } from "#client/patrols/tonight/contact.ts";
import { change, tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { earlier, elapsedMs } from "#core/patrols/duty/elapsed.ts";
import {
  layTaps,
  type StayTap,
  type StopRef,
  stayBodyOf,
  type Tap,
  tapForm,
  tapOfStay,
} from "#core/patrols/duty/taps.ts";
import { type TonightReply, tonightCalls } from "#core/patrols/wire/tonight.ts";

/**
 * Each tap shows at once, and goes out in order as soon as there is a signal: the whole stay each
 * time, under its key, so that one sent twice is one.
 */

/** Returns the key of the stay: tapped twice, it is one. */
export function arrive(stop: StopRef, unit: number): string {
  const open = openStayAt(stop, unit);
  if (open !== null) return open;
  const key = crypto.randomUUID();
  const { planId, windowId, order } = stop;
  const at = { planId, windowId, order, unit };
  const taps = { arrived: momentNow(), left: null, isAnswer: false, isRemoved: false };
  keep({ kind: "stay", key, ...at, ...taps });
  return key;
}

export function leave(key: string): void {
  changeStay(key, (stay) => ({ ...stay, left: stay.left ?? momentNow() }));
}

/** "When did you leave?": so long after it arrived; null: just now. */
export function answerLeft(key: string, afterMs: number | null): void {
  changeStay(key, (stay) => {
    const now = momentNow();
    const ago = afterMs === null ? 0 : Math.max(0, elapsedMs(stay.arrived, now) - afterMs);
    return { ...stay, left: earlier(now, ago), isAnswer: true };
  });
}

/** One step back: of *Leave*, else of *Arrived*. */
export function takeBack(key: string): void {
  changeStay(key, (stay) =>
    stay.left === null ? { ...stay, isRemoved: true } : { ...stay, left: null, isAnswer: false },
  );
}

/** The unit knows that these no longer stand. */
export function see(
  windows: readonly { readonly planId: string; readonly windowId: string }[],
): void {
  const named = windows.map(({ planId, windowId }) => ({ planId, windowId }));
  keep({ kind: "seen", key: crypto.randomUUID(), windows: named, at: momentNow() });
}

function openStayAt({ planId, windowId, order }: StopRef, unit: number): string | null {
  const resource = tonight.store.get();
  if (!hasValue(resource)) return null;
  const stop = withTaps(resource.value, untold.get())
    .windows.find((window) => window.planId === planId && window.id === windowId)
    ?.stops.find((one) => one.order === order);
  return stop?.stays.find((stay) => stay.unit === unit && stay.leftAt === null)?.key ?? null;
}

function changeStay(key: string, to: (stay: StayTap) => StayTap): void {
  const own = tapsOf(untold.get()).find((tap) => tap.kind === "stay" && tap.key === key);
  const stay = own?.kind === "stay" ? own : knownStay(key);
  if (stay) keep(to(stay));
}

function knownStay(key: string): StayTap | null {
  const resource = tonight.store.get();
  const at = serverNow();
  if (!hasValue(resource) || at === null) return null;
  return tapOfStay(resource.value, key, { at, now: momentNow() });
}

function keep(tap: Tap): void {
  const person = personAtScreen();
  if (person === null) return;
  const words = wordsOf(tap);
  keepUntold({ id: tap.key, words, person, retryMs, letter: tap, send: () => send(tap) });
  void sendUntold();
}

/** What a refusal is about. */
function wordsOf(tap: Tap): string {
  if (tap.kind === "seen") return "Seen";
  const resource = tonight.store.get();
  const windows = hasValue(resource) ? resource.value.windows : [];
  const place = windows
    .find(({ planId, id }) => planId === tap.planId && id === tap.windowId)
    ?.stops.find(({ order }) => order === tap.order)?.place;
  return `${tap.left ? "Leave" : "Arrived"}${place ? `, ${place}` : ""}`;
}

async function send(tap: Tap): Promise<void> {
  const { stay, removeStay, seen } = tonightCalls;
  const { key } = tap;
  await change((options) =>
    tap.kind === "seen"
      ? ask(seen, { body: { windows: tap.windows } }, options)
      : tap.isRemoved
        ? ask(removeStay, { key }, options)
        : ask(stay, { key, body: stayBodyOf(tap, momentNow()) }, options),
  ).catch((cause: unknown) => {
    // Taken back before the server had heard of it.
    const isGone = cause instanceof ApiError && cause.status === 404;
    if (!(isGone && tap.kind === "stay" && tap.isRemoved)) throw cause;
  });
}

/** Those that are not refused. */
export function tapsOf(list: readonly Untold[]): readonly Tap[] {
  return list.flatMap(({ letter, refusal }) => {
    const read = tapForm.safeParse(letter);
    return read.success && refusal === null ? [read.data] : [];
  });
}

export function withTaps(reply: TonightReply, list: readonly Untold[]): TonightReply {
  const at = serverNow() ?? Date.parse(reply.at);
  return layTaps(reply, tapsOf(list), { at, now: momentNow() });
}

const retryMs = 15_000;

/** Always: minutes at stops of a plan, on a phone of the team's, that nobody could read there. */
export const officersTaps: Post<Tap> = {
  form: tapForm,
  send,
  retryMs,
  isByChoice: false,
  onLost: () =>
    showToast("Taps that were kept on this phone could not be read. Log them in the debrief."),
  onCannot: () =>
    showToast("This browser cannot keep taps: leave this page open until they are sent."),
};
