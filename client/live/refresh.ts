import { useEffect, useRef, useState } from "react";
import type { ResourceLoader } from "#client/api/resource.ts";
import { createStore } from "#client/state/store.ts";
import type { LiveTopic } from "#core/live.ts";

/**
 * Reads a resource again when its topic has changed, if anybody has asked for it. Where a load has begun
 * since it was told, as after a change of one's own, a second one would bring the same.
 */
export function refreshOnLook<Value>(
  topic: LiveTopic,
  { store, reload }: ResourceLoader<Value>,
): () => void {
  return onLook(topic, () => {
    if (store.get().status === "idle") return;
    let hasBegun = false;
    const stop = store.subscribe(() => {
      const { status } = store.get();
      if (status === "refreshing" || status === "loading") hasBegun = true;
    });
    setTimeout(() => {
      stop();
      if (!hasBegun && store.get().status !== "idle") reload();
    }, patienceMs);
  });
}

/** The same for what a component holds: `readAt` is when what it shows was asked for. Returns when it was last told. */
export function useLook(topic: LiveTopic, readAt: number | null, reload: () => void): number {
  const [lastToldAt, setToldAt] = useState(0);
  const latest = useRef({ readAt, reload });
  latest.current = { readAt, reload };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onLook(topic, () => {
      const toldAt = Date.now();
      setToldAt(toldAt);
      clearTimeout(timer);
      timer = setTimeout(() => {
        if ((latest.current.readAt ?? 0) <= toldAt) latest.current.reload();
      }, patienceMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [topic]);
  return lastToldAt;
}

/** Whether this page is told of changes as they come; while it is not, screens ask by themselves. */
export const live = createStore<"on" | "off">("off");

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

const lookers = new Map<string, Set<() => void>>();

/** What this page has changed itself it reads again anyway, a moment after it is told. */
const patienceMs = 250;
