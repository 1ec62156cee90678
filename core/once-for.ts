/** Memoises per object; the answer is freed with the object. */
export function onceFor<Given extends object, Made>(
  make: (given: Given) => Made,
): (given: Given) => Made {
  const known = new WeakMap<Given, { readonly made: Made }>();
  return (given) => {
    const held = known.get(given) ?? { made: make(given) };
    known.set(given, held);
    return held.made;
  };
}

/** Memoises by a key that is no object, for the lifetime of the returned function. */
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
