/** Rows by key, most first; keys beyond `most` are not counted, which bounds memory for any file. */
export function createRowCounts<Value>(most: number) {
  const counts = new Map<string, { readonly value: Value; rows: number }>();
  return {
    add: (key: string, value: Value) => {
      const known = counts.get(key);
      if (known) known.rows += 1;
      else if (counts.size < most) counts.set(key, { value, rows: 1 });
    },
    list: () => [...counts.values()].sort((a, b) => b.rows - a.rows),
  };
}
