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
