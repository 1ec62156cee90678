import { createStore } from "#client/state/store.ts";
import { stepsBack } from "#client/state/url.ts";

const elsewhere = "https://www.bbc.co.uk/weather";
const twiceWithinMs = 800;
/** Gives up waiting for a browser that goes back no further. */
const stuckAfterMs = 400;
/** Upper bound for going back through the history. */
const longestMs = 3_000;

interface QuickExit {
  /** For people who may be in danger if the page is seen. */
  readonly isOffered: boolean;
  readonly isLeaving: boolean;
  readonly endSession: () => void;
}

export const quickExit = createStore<QuickExit>({
  isOffered: false,
  isLeaving: false,
  endSession: () => undefined,
});

/** Replaces this page's history entries; opening one leads away (main.tsx). */
const awayFragment = "#/away";

/** Somebody came back by Forward to a page left by quick exit. */
export function wasLeft(): boolean {
  return window.location.hash === awayFragment;
}

export function goElsewhere(): void {
  window.location.replace(elsewhere);
}

/**
 * Leaves at once: blank screen, session ended, and neither Back nor Forward reaches a step of this
 * page. A page cannot change a phone's list of visited sites.
 */
export function leaveQuickly(endSession: () => void): void {
  if (quickExit.get().isLeaving) return;
  quickExit.set((state) => ({ ...state, isLeaving: true }));
  document.documentElement.style.display = "none";
  document.title = "";
  endSession();
  // Forward may restore the page from cache without loading it.
  window.addEventListener("pageshow", goElsewhere);
  coverSteps();
}

/**
 * Going back over a step puts it ahead, where no page can remove it. So each step gets the leaving
 * address, the first becomes the page that follows, and the earlier steps ahead vanish when one is
 * pushed.
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
    // Reaching a step shows that waiting for the next is worthwhile.
    stuck = setTimeout(goElsewhere, stuckAfterMs);
    window.history.replaceState(window.history.state, "", awayFragment);
    window.history.back();
  };
  window.addEventListener("popstate", back);
  back();
}

/** Escape twice, wherever the focus is; returns a function to stop. */
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
