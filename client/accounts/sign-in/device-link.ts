import { createStore } from "#client/state/store.ts";
import { address, parseFragment } from "#client/state/url.ts";

/** The one-use secret of the link, in memory only. */
export const deviceLink = createStore<string | null>(null);

/** Out of the address at once: a link that was used is worth nothing, but an address stays in history. */
export function takeDeviceLink(): void {
  const { screen, params } = parseFragment(window.location.hash);
  if (screen !== "phone" || !params["key"]) return;
  const secret = params["key"];
  window.history.replaceState(null, "", "/");
  address.set(() => parseFragment(""));
  deviceLink.set(() => secret);
}

export function forgetDeviceLink(): void {
  deviceLink.set(() => null);
}
