import { createFlow } from "#core/patrols/flow.ts";

/** Items by start, each with a weight, and which may follow which: an order, so that ways may be put together. */
export interface WeightedSequence {
  readonly count: number;
  readonly weight: (item: number) => number;
  /** For an item and a later one. */
  readonly mayFollow: (before: number, next: number) => boolean;
}

export interface HeaviestClash {
  /** Ascending. */
  readonly members: readonly number[];
  readonly weight: number;
}

/** Weights are shares of options; flows are whole numbers of this many parts. */
const parts = 1e7;

/**
 * Of items none of which may follow another, those that weigh most: what is left over by a largest flow
 * from items to items that follow them, each giving and taking no more than its weight (Dilworth 1950,
 * weighted; the flow by Dinic 1970).
 */
export function heaviestClash({ count, weight, mayFollow }: WeightedSequence): HeaviestClash {
  const [source, sink] = [2 * count, 2 * count + 1];
  const flow = createFlow(2 * count + 2, source, sink);
  let total = 0;
  for (let item = 0; item < count; item += 1) {
    const capacity = Math.round(weight(item) * parts);
    total += capacity;
    flow.add(source, item, capacity);
    flow.add(count + item, sink, capacity);
    for (let next = item + 1; next < count; next += 1) {
      if (mayFollow(item, next)) flow.add(item, count + next);
    }
  }
  const sent = flow.send();
  const members: number[] = [];
  for (let item = 0; item < count; item += 1) {
    if (flow.isReached(item) && !flow.isReached(count + item)) members.push(item);
  }
  return { members, weight: (total - sent) / parts };
}
