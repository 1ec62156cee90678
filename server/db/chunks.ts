/** Rows for one statement at a time: few round trips, bounded memory. */
export function* chunksOf<Item>(items: readonly Item[], size = 5_000): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
