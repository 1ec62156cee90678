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

/** Memoises by a key that is no object: nothing is freed. */
export function onceBy<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, { readonly made: Made }>();
  return (key) => {
    const held = known.get(key) ?? { made: make(key) };
    known.set(key, held);
    return held.made;
  };
}
