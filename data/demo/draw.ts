import type { Random } from "#core/random.ts";

/** Picks an item with probability in proportion to its weight. */
export function pick<Item>(
  random: Random,
  items: readonly Item[],
  weightOf: (item: Item) => number,
): Item {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  if (!(total > 0)) throw new RangeError(`Nothing to pick from ${items.length} items`);
  let left = random.next() * total;
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return items.at(-1) as Item;
}

/** A key of a table of weights. */
export function pickKey<Key extends string>(
  random: Random,
  weights: Readonly<Partial<Record<Key, number>>>,
): Key {
  const entries = Object.entries(weights) as [Key, number][];
  return pick(random, entries, ([, weight]) => weight)[0];
}

/** Standard normal (Box and Muller 1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
