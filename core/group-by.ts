/** Items by key, keys in order of first appearance; items without a key are left out. */
export function groupBy<Key, Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key | undefined,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Without those that are the same as one before. */
export function firstOfEach<Item>(
  items: readonly Item[],
  isSame: (kept: Item, item: Item) => boolean,
): Item[] {
  const kept: Item[] = [];
  for (const item of items) if (!kept.some((one) => isSame(one, item))) kept.push(item);
  return kept;
}
