import { createStore } from "#client/state/store.ts";

/**
 * View state is in the fragment, `#/hotspots?from=2021-10-01&...`, never sent to a server: places
 * and hours stay out of proxy logs.
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

/** Follows Back and edits of the address bar. */
export const address = createStore<Address>(parseFragment(hasWindow ? window.location.hash : ""));

let known = hasWindow ? window.location.hash : "";

/** The hashchange event comes late, so reads the address before writing it. */
function catchUp(): void {
  if (window.location.hash === known) return;
  known = window.location.hash;
  address.set(() => parseFragment(known));
}

if (hasWindow) window.addEventListener("hashchange", catchUp);

function write(at: Address, how: "pushState" | "replaceState"): void {
  const fragment = formatFragment(at);
  if (fragment === window.location.hash && how === "replaceState") return;
  const state: unknown = how === "pushState" ? { steps: stepsBack() + 1 } : window.history.state;
  window.history[how](state, "", fragment);
  known = window.location.hash;
  address.set(() => parseFragment(fragment));
}

/** By the address as of this moment. */
function isOpen(screen: string): boolean {
  catchUp();
  return address.get().screen === screen;
}

/** From any screen; adds a history entry. */
export function navigate(screen: string, params: Address["params"] = {}): void {
  write({ screen, params }, "pushState");
}

/** Adds a history entry; does nothing once another screen is open. */
export function step(screen: string, params: Address["params"]): void {
  if (isOpen(screen)) write({ screen, params }, "pushState");
}

/** From a page within a screen, as a briefing, to the screen itself, as it was left. */
export function backToScreen(screen: string): void {
  const { params } = address.get();
  if (params["view"]) step(screen, { ...params, view: "" });
}

/** Without a history entry; does nothing once another screen is open. */
export function replaceParams(screen: string, params: Address["params"]): void {
  if (isOpen(screen)) write({ screen, params }, "replaceState");
}

/** Changes some of the state of a screen, as `replaceParams` does. */
export function changeParams(screen: string, part: Address["params"]): void {
  if (isOpen(screen)) replaceParams(screen, { ...address.get().params, ...part });
}

/** For an address that this person has no screen for; replaces the history entry. */
export function redirect(from: string, screen: string): void {
  if (isOpen(from)) write({ screen, params: {} }, "replaceState");
}

/** History entries of this page before the present one. */
export function stepsBack(): number {
  const state: unknown = window.history.state;
  const steps = typeof state === "object" && state !== null && "steps" in state ? state.steps : 0;
  return typeof steps === "number" && Number.isInteger(steps) && steps > 0 ? steps : 0;
}
