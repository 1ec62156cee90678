/**
 * While `work` runs, the names of a large object are listed once, not each time. PGlite's loader looks for the place of every
 * function of an extension among all thousands of a WebAssembly module, in a list that it makes again for each: 40% of what
 * `create extension postgis` takes. What a module exports does not change while it is loaded.
 */
export async function listedOnce<Value>(work: () => Promise<Value>): Promise<Value> {
  const { keys } = Object;
  const known = new WeakMap<object, string[]>();
  Object.keys = (of: object) => {
    const listed = known.get(of);
    if (listed) return listed;
    const names = keys(of);
    if (names.length >= large) known.set(of, names);
    return names;
  };
  try {
    return await work();
  } finally {
    Object.keys = keys;
  }
}

const large = 1_000;
