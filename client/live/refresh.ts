import { useEffect, useRef, useState } from "react";
import type { ResourceLoader } from "#client/api/resource.ts";
import { createStore } from "#client/state/store.ts";
import type { LiveTopic } from "#core/live.ts";

/**
 * Reloads a resource that is in use when its topic changes. Skipped if a load began after the
 * event, as after one's own change: it would bring the same.
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

/** For component state: `readAt` is when it was requested. Returns when a change last came. */
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

/** While off, screens poll. */
export const live = createStore<"on" | "off">("off");

/** Says only that something changed, not what. Returns the unsubscribe function. */
export function onLook(topic: LiveTopic, look: () => void): () => void {
  const own = lookers.get(topic) ?? new Set();
  lookers.set(topic, own.add(look));
  return () => own.delete(look);
}

export function tellLookers(topic: string): void {
  for (const look of lookers.get(topic) ?? []) look();
}

const lookers = new Map<string, Set<() => void>>();

/** Skips changes made by this page, which it reloads itself. */
const patienceMs = 250;
