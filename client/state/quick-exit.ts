import { createStore } from "#client/state/store.ts";
import { stepsBack } from "#client/state/url.ts";

/** Where a page that is left in a hurry goes: what anybody may have open. */
const elsewhere = "https://www.bbc.co.uk/weather";
const twiceWithinMs = 800;
/** A browser that does not go back in its history is not waited for. */
const stuckAfterMs = 250;

interface QuickExit {
  /** For whoever may be in danger when the page is seen. */
  readonly isOffered: boolean;
  /** Nothing asks any more whether to stay. */
  readonly isLeaving: boolean;
}

export const quickExit = createStore<QuickExit>({ isOffered: false, isLeaving: false });

/**
 * Leaves at once: nothing is on screen from this moment, the session ends, and the page's own steps are not
 * behind the one that follows. A phone's list of visited sites cannot be changed by a page.
 */
export function leaveQuickly(endSession: () => void): void {
  if (quickExit.get().isLeaving) return;
  quickExit.set((state) => ({ ...state, isLeaving: true }));
  document.documentElement.style.display = "none";
  document.title = "";
  endSession();
  const steps = stepsBack();
  const go = () => window.location.replace(elsewhere);
  if (steps === 0) {
    go();
    return;
  }
  window.addEventListener("popstate", go, { once: true });
  setTimeout(go, stuckAfterMs);
  window.history.go(-steps);
}

/** Escape twice in a row, wherever the keyboard is; returns what stops listening. */
export function watchEscapes(leave: () => void): () => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - lastAt < twiceWithinMs) leave();
    lastAt = event.timeStamp;
  };
  window.addEventListener("keydown", onKey, { capture: true });
  return () => window.removeEventListener("keydown", onKey, { capture: true });
}
