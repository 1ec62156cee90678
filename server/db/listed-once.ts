/**
 * Lists the names of a large object once while `work` runs. PGlite's loader looks up every function
 * of an extension among the thousands of a WebAssembly module, in a list rebuilt each time: 40% of
 * the time of `create extension postgis`. A loaded module's exports do not change.
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
