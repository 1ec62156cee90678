import { createStore } from "#client/state/store.ts";
import type { LiveTopic } from "#core/live.ts";

/** Whether this page is told of changes as they come; while it is not, screens ask by themselves. */
export const live = createStore<"on" | "off">("off");

const lookers = new Map<string, Set<() => void>>();

/** Calls back when something of a topic has changed; what, its own route says. */
export function onLook(topic: LiveTopic, look: () => void): () => void {
  const own = lookers.get(topic) ?? new Set();
  lookers.set(topic, own.add(look));
  return () => own.delete(look);
}

/** Hands a change on to whoever waits for its topic. */
export function tellLookers(topic: string): void {
  for (const look of lookers.get(topic) ?? []) look();
}
