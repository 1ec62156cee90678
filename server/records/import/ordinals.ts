/**
 * How often each 64-bit digest has been seen in one file: 1 for the first time.
 * Open addressing in typed arrays: 24 bytes for each row of a file at most, where a Map of strings
 * would take ten times that.
 */
export interface Ordinals {
  readonly next: (low: number, high: number) => number;
}

const firstCapacity = 4_096;

export function createOrdinals(): Ordinals {
  let capacity = firstCapacity;
  let keys = new Uint32Array(capacity * 2);
  let counts = new Uint32Array(capacity);
  let used = 0;

  /** The slot of the digest, or the free one where it belongs. */
  const slotOf = (low: number, high: number): number => {
    let slot = (low & (capacity - 1)) >>> 0;
    while (counts[slot] !== 0 && (keys[slot * 2] !== low || keys[slot * 2 + 1] !== high)) {
      slot = (slot + 1) & (capacity - 1);
    }
    return slot;
  };
  const put = (low: number, high: number, count: number) => {
    const slot = slotOf(low, high);
    keys[slot * 2] = low;
    keys[slot * 2 + 1] = high;
    counts[slot] = count;
  };
  const grow = () => {
    const old = { keys, counts };
    capacity *= 2;
    keys = new Uint32Array(capacity * 2);
    counts = new Uint32Array(capacity);
    old.counts.forEach((count, slot) => {
      if (count > 0) put(old.keys[slot * 2] ?? 0, old.keys[slot * 2 + 1] ?? 0, count);
    });
  };

  return {
    next: (low, high) => {
      const slot = slotOf(low, high);
      const count = (counts[slot] ?? 0) + 1;
      if (count > 1) {
        counts[slot] = count;
        return count;
      }
      used += 1;
      if (used * 2 > capacity) grow();
      put(low, high, 1);
      return 1;
    },
  };
}
