import { fetchNothing } from "#client/api/fetch.ts";
import { address } from "#client/state/url.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { printedScreens } from "#core/accounts/wire/prints.ts";

/** Pages on screen whose printing has a line of its own in the log, with more in it. */
let withOwnLine = 0;

/** Calls `note` before something is printed, in the place of the line that says the screen alone. */
export function notePrintsHere(note: () => void): () => void {
  withOwnLine += 1;
  window.addEventListener("beforeprint", note);
  return () => {
    withOwnLine -= 1;
    window.removeEventListener("beforeprint", note);
  };
}

/**
 * Tells the log that something is being printed, by button, by key or by the browser's menu. It is sent
 * before the dialog opens and outlives the page; paper is not held back for it.
 */
export function notePrints(): () => void {
  const note = () => {
    if (withOwnLine > 0) return;
    const { screen: name, params } = address.get();
    const open = params["view"] === "briefing" ? "briefing" : name;
    const screen = printedScreens.find((one) => one === open) ?? "other";
    const options = { method: "POST", body: { screen }, keepalive: true } as const;
    fetchNothing("/api/audit/prints", options).catch(() =>
      showToast("Printing could not be logged. Tell your administrator."),
    );
  };
  window.addEventListener("beforeprint", note);
  return () => window.removeEventListener("beforeprint", note);
}
