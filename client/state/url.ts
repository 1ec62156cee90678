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

/** The fragment that `address` was read from. */
let known = hasWindow ? window.location.hash : "";

/** A person's change of the address reaches the page late, as an event: it is read before anything is written. */
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

/** Whether this screen is the one that is open, by the address as it is at this moment. */
function isOpen(screen: string): boolean {
  catchUp();
  return address.get().screen === screen;
}

/** The person goes to a screen, from wherever they are; a step for the back button. */
export function navigate(screen: string, params: Address["params"] = {}): void {
  write({ screen, params }, "pushState");
}

/** A step within a screen, for the back button. Nothing happens once the person has left the screen. */
export function step(screen: string, params: Address["params"]): void {
  if (isOpen(screen)) write({ screen, params }, "pushState");
}

/** From a page within a screen, as a briefing, to the screen itself, as it was left. */
export function backToScreen(screen: string): void {
  const { params } = address.get();
  if (params["view"]) step(screen, { ...params, view: "" });
}

/** Rewrites the state of a screen without a step for the back button, unless the person has left it. */
export function replaceParams(screen: string, params: Address["params"]): void {
  if (isOpen(screen)) write({ screen, params }, "replaceState");
}

/** Changes some of the state of a screen, as `replaceParams` does. */
export function changeParams(screen: string, part: Address["params"]): void {
  if (isOpen(screen)) replaceParams(screen, { ...address.get().params, ...part });
}

/** From an address that names no screen of this person to one that is; Back does not come by it again. */
export function redirect(from: string, screen: string): void {
  if (isOpen(from)) write({ screen, params: {} }, "replaceState");
}

/** How many steps of this page lie behind the present one. */
export function stepsBack(): number {
  const state: unknown = window.history.state;
  const steps = typeof state === "object" && state !== null && "steps" in state ? state.steps : 0;
  return typeof steps === "number" && Number.isInteger(steps) && steps > 0 ? steps : 0;
}
