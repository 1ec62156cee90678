/** Works an answer out once for each object that it is asked of; it is forgotten with the object. */
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

/** The same by a key that is no object: nothing is forgotten. */
export function onceBy<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, { readonly made: Made }>();
  return (key) => {
    const held = known.get(key) ?? { made: make(key) };
    known.set(key, held);
    return held.made;
  };
}
