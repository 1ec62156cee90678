import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { type Contact, contactAfter, elapsedMs, type Moment } from "#core/patrols/duty/elapsed.ts";

/** Null before the first answer. */
export const contact = createStore<Contact | null>(null);

let newest: { readonly asked: Moment; readonly at: number } | null = null;

forgetOnSignOut(() => {
  newest = null;
  lookAtAge();
});

export function momentNow(): Moment {
  return { clock: Date.now(), steady: performance.now(), page: performance.timeOrigin };
}

/** As old as its question: what came after that is not in it. */
export function noteAnswer(asked: Moment, at: string): void {
  newest = { asked, at: Date.parse(at) };
  lookAtAge();
}

/** Epoch milliseconds by the server, whatever the phone's clock says; null before the first answer. */
export function serverNow(): number | null {
  return newest && newest.at + elapsedMs(newest.asked, momentNow());
}

/** One timer for age and questions, none of it out of sight. A phone that wakes looks before it draws. */
export function followContact(ask: () => void): () => void {
  let asked = momentNow();
  const look = () => {
    if (document.hidden) return;
    lookAtAge();
    const now = momentNow();
    if (elapsedMs(asked, now) < askEveryMs) return;
    asked = now;
    ask();
  };
  const timer = setInterval(look, lookEveryMs);
  const signs = [
    [document, "visibilitychange"],
    [document, "resume"],
    [window, "pageshow"],
    [window, "online"],
  ] as const;
  const wake = (sign: Event) => {
    // The first showing of a page that has just asked.
    if ("persisted" in sign && sign.persisted === false) return;
    asked = { ...asked, clock: 0 };
    look();
  };
  for (const [where, sign] of signs) where.addEventListener(sign, wake);
  look();
  return () => {
    clearInterval(timer);
    for (const [where, sign] of signs) where.removeEventListener(sign, wake);
  };
}

const lookEveryMs = 30_000;
const askEveryMs = 60_000;

function lookAtAge(): void {
  const age = newest && contactAfter(elapsedMs(newest.asked, momentNow()));
  contact.set((before) =>
    before?.state === age?.state && before?.minutes === age?.minutes ? before : age,
  );
}
