import { flushSync } from "react-dom";
import { applyTheme, type Theme, theme } from "#client/state/theme.ts";
import { showToast } from "#client/ui/toast-store.ts";

/** Does something in the light theme, whatever is on screen: dark maps are no good on paper. */
export function inLight<Done>(work: () => Done): Done {
  const goBack = goLight();
  try {
    return work();
  } finally {
    goBack();
  }
}

/** However it is printed, by button, key or the browser's menu, it is in the light theme. Returns what stops that. */
export function followPrints(): () => void {
  let goBack: (() => void) | null = null;
  const onBefore = () => {
    goBack ??= goLight();
  };
  const onAfter = () => {
    goBack?.();
    goBack = null;
  };
  // Ahead of whatever takes a picture of the page then.
  window.addEventListener("beforeprint", onBefore, true);
  window.addEventListener("afterprint", onAfter);
  return () => {
    onAfter();
    window.removeEventListener("beforeprint", onBefore, true);
    window.removeEventListener("afterprint", onAfter);
  };
}

function goLight(): () => void {
  const chosen = theme.get();
  show("light");
  return () => show(chosen);
}

/** Drawn before it returns: a browser that is about to print does not wait. */
function show(next: Theme): void {
  flushSync(() => {
    theme.set(() => next);
    applyTheme();
  });
}

type Note = () => Promise<unknown>;

/** Papers on screen whose printing has a line of its own in the log, with more in it. */
let withOwnLine = 0;

/** Calls `note` before something is printed, in the place of the line that says the screen alone. */
export function notePrintsHere(note: Note): () => void {
  withOwnLine += 1;
  const stop = beforePrints(note);
  return () => {
    withOwnLine -= 1;
    stop();
  };
}

/** Calls `note` before a screen is printed that has no line of its own. */
export function notePrintsOfScreens(note: Note): () => void {
  return beforePrints(async () => (withOwnLine > 0 ? undefined : note()));
}

function beforePrints(note: Note): () => void {
  const onPrint = () => {
    note().catch(() => showToast("Printing could not be logged. Tell your administrator."));
  };
  window.addEventListener("beforeprint", onPrint);
  return () => window.removeEventListener("beforeprint", onPrint);
}
