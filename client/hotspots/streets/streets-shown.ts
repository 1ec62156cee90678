import { createStore } from "#client/state/store.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

export type StreetsShown = ReturnType<typeof createStreetsShown>;

export const createStreetsShown = () => ({
  /** Null until there is an answer. */
  reply: createStore<StreetsReply | null>(null),
  /** The server has no streets. */
  isMissing: createStore(false),
  /** Stretches from one junction to the next, or streets of one name. */
  unit: createStore<"stretches" | "streets">("stretches"),
  /** Number of a segment. */
  chosen: createStore<number | null>(null),
  hovered: createStore<number | null>(null),
});
