import { createStore, type Store } from "#client/state/store.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

export interface StreetsShown {
  /** Null until there is an answer. */
  readonly reply: Store<StreetsReply | null>;
  /** The server has no streets. */
  readonly isMissing: Store<boolean>;
  /** Stretches from one junction to the next, or streets of one name. */
  readonly unit: Store<"stretches" | "streets">;
  /** Number of a segment. */
  readonly chosen: Store<number | null>;
  readonly hovered: Store<number | null>;
}

export function createStreetsShown(): StreetsShown {
  return {
    reply: createStore<StreetsReply | null>(null),
    isMissing: createStore(false),
    unit: createStore<"stretches" | "streets">("stretches"),
    chosen: createStore<number | null>(null),
    hovered: createStore<number | null>(null),
  };
}
