import { createStore } from "#client/state/store.ts";
import { stepsBack } from "#client/state/url.ts";

/** Where a page that is left in a hurry goes: what anybody may have open. */
const elsewhere = "https://www.bbc.co.uk/weather";
const twiceWithinMs = 800;
/** A browser that goes back no further in its history is not waited for. */
const stuckAfterMs = 400;
/** However many steps there are, none is gone back to after that long. */
const longestMs = 3_000;

interface QuickExit {
  /** For whoever may be in danger when the page is seen. */
  readonly isOffered: boolean;
  /** Nothing asks any more whether to stay. */
  readonly isLeaving: boolean;
  /** Ends the session of whoever leaves. */
  readonly endSession: () => void;
}

export const quickExit = createStore<QuickExit>({
  isOffered: false,
  isLeaving: false,
  endSession: () => undefined,
});

/** The address that the steps of a page get as it is left: opened again, it leads on (main.tsx). */
const awayFragment = "#/away";

/** Whether this page was left in a hurry, and somebody came back to one of its steps by the browser's Forward. */
export function wasLeft(): boolean {
  return window.location.hash === awayFragment;
}

export function goElsewhere(): void {
  window.location.replace(elsewhere);
}

/**
 * Leaves at once: nothing is on screen from this moment, the session ends, and neither Back nor Forward leads
 * to a step of the page. A phone's list of visited sites cannot be changed by a page.
 */
export function leaveQuickly(endSession: () => void): void {
  if (quickExit.get().isLeaving) return;
  quickExit.set((state) => ({ ...state, isLeaving: true }));
  document.documentElement.style.display = "none";
  document.title = "";
  endSession();
  // A browser that kept the page as it was shows it again by Forward, without loading it.
  window.addEventListener("pageshow", goElsewhere);
  coverSteps();
}

/**
 * A step that lies behind is left by going back over it; it then lies ahead, and no page can take it away. So each
 * is given the address that leads on, the first one becomes the page that follows, and what lay ahead
 * before goes by itself when a step is added.
 */
function coverSteps(): void {
  const steps = stepsBack();
  window.history.pushState({ steps: steps + 1 }, "", awayFragment);
  const begun = performance.now();
  let stuck: ReturnType<typeof setTimeout> | undefined;
  const back = () => {
    clearTimeout(stuck);
    if (stepsBack() === 0 || performance.now() - begun >= longestMs) {
      goElsewhere();
      return;
    }
    // A step that was reached shows that the next one is worth waiting for.
    stuck = setTimeout(goElsewhere, stuckAfterMs);
    window.history.replaceState(window.history.state, "", awayFragment);
    window.history.back();
  };
  window.addEventListener("popstate", back);
  back();
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
