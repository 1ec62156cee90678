import { fetchNothing } from "#client/api/fetch.ts";
import { address } from "#client/state/url.ts";
import { notePrintsOfScreens } from "#client/ui/print-notes.ts";
import { printedScreens } from "#core/accounts/wire/prints.ts";

/**
 * Logs each print, by button, shortcut or browser menu. Sent before the dialog opens and survives
 * the page; printing does not wait for it.
 */
export function notePrints(): () => void {
  return notePrintsOfScreens(() => {
    const { screen: name, params } = address.get();
    const open = params["view"] === "briefing" ? "briefing" : name;
    const screen = printedScreens.find((one) => one === open) ?? "other";
    const options = { method: "POST", body: { screen }, keepalive: true } as const;
    return fetchNothing("/api/audit/prints", options);
  });
}
