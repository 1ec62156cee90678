import { showToast } from "#client/ui/toast-store.ts";

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
