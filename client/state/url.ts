import { createStore } from "#client/state/store.ts";

/**
 * View state lives in the fragment, `#/hotspots?from=2021-10-01&...`: a fragment is never sent
 * to a server, so places and hours stay out of proxy logs.
 */
export interface Address {
  readonly screen: string;
  readonly params: Readonly<Record<string, string | undefined>>;
}

export function parseFragment(fragment: string): Address {
  const [path = "", query = ""] = fragment.replace(/^#?\/?/, "").split("?", 2);
  return { screen: path, params: Object.fromEntries(new URLSearchParams(query)) };
}

export function formatFragment({ screen, params }: Address): string {
  const filled = Object.entries(params).flatMap(([name, value]) => (value ? [[name, value]] : []));
  // Commas and colons are legal in a fragment and far easier to read unescaped.
  const query = new URLSearchParams(filled).toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
  return query ? `#/${screen}?${query}` : `#/${screen}`;
}

const hasWindow = typeof window !== "undefined";

/** Where the page is; follows the back button and edits of the address bar. */
export const address = createStore<Address>(parseFragment(hasWindow ? window.location.hash : ""));

if (hasWindow) {
  window.addEventListener("hashchange", () => {
    address.set(() => parseFragment(window.location.hash));
  });
}

/** Goes to a screen and leaves a step for the back button. */
export function navigate(screen: string, params: Address["params"] = {}): void {
  const fragment = formatFragment({ screen, params });
  window.history.pushState({ steps: stepsBack() + 1 }, "", fragment);
  address.set(() => parseFragment(fragment));
}

/** Rewrites the state of the present screen without a step for the back button. */
export function replaceParams(params: Address["params"]): void {
  const fragment = formatFragment({ screen: address.get().screen, params });
  if (fragment === window.location.hash) return;
  window.history.replaceState(window.history.state, "", fragment);
  address.set(() => parseFragment(fragment));
}

/** How many steps of this page lie behind the present one. */
export function stepsBack(): number {
  const state: unknown = window.history.state;
  const steps = typeof state === "object" && state !== null && "steps" in state ? state.steps : 0;
  return typeof steps === "number" && Number.isInteger(steps) && steps > 0 ? steps : 0;
}
