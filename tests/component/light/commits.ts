/**
 * When React has put something into the document: it tells the hook by which its own tools look on, also as built. It
 * has to be there before React is.
 */
const waiting = new Set<() => void>();

/** How often until now. */
export let commits = 0;

const tell = () => {
  commits += 1;
  for (const go of waiting) go();
};

Object.defineProperty(globalThis, "__REACT_DEVTOOLS_GLOBAL_HOOK__", {
  value: {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: tell,
    // The effects after it have run as well.
    onPostCommitFiberRoot: tell,
    onCommitFiberUnmount: () => undefined,
  },
});

/** Comes with the next one, or when this long nothing came: not all that changes is React's. */
export function nextCommit(mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      waiting.delete(go);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(go, mostMs);
    waiting.add(go);
  });
}
