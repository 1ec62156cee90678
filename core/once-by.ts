/** Memoises by key, for the lifetime of the returned function. */
export function onceBy<Key, Made, Rest extends readonly unknown[]>(
  make: (key: Key, ...rest: Rest) => Made,
): (key: Key, ...rest: Rest) => Made {
  const known = new Map<Key, Made>();
  return (key, ...rest) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as Made;
    const made = make(key, ...rest);
    known.set(key, made);
    return made;
  };
}
