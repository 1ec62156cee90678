import { fetchNothing } from "#client/api/fetch.ts";
import { address } from "#client/state/url.ts";
import { notePrintsOfScreens } from "#client/ui/print-notes.ts";
import { printedScreens } from "#core/accounts/wire/prints.ts";

/**
 * Tells the log that something is being printed, by button, by key or by the browser's menu. It is sent
 * before the dialog opens and outlives the page; paper is not held back for it.
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
