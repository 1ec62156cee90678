/**
 * How often each pair of 32-bit numbers was seen. Open addressing: 20 to 40 bytes a pair, a tenth
 * of a `Map` of strings. The first number selects the slot, so its low bits must be even.
 */
export interface PairCounts {
  /** Returns how often the pair has been seen, from 1. */
  readonly add: (first: number, second: number) => number;
  readonly size: () => number;
  /** In order of first appearance. */
  readonly counts: () => Uint32Array;
  readonly keep: (isKept: (first: number, second: number) => boolean) => void;
}

const firstCapacity = 4_096;

export function createPairCounts(): PairCounts {
  /** Pair number by slot, from 1; 0 for empty. At least twice as many slots as pairs. */
  let slots = new Int32Array(firstCapacity * 2);
  let pairs = new Int32Array(firstCapacity * 2);
  let counts = new Uint32Array(firstCapacity);
  let used = 0;

  const slotOf = (first: number, second: number): number => {
    const mask = slots.length - 1;
    let slot = first & mask;
    for (;;) {
      const at = (slots[slot] ?? 0) - 1;
      if (at === -1 || (pairs[at * 2] === first && pairs[at * 2 + 1] === second)) return slot;
      slot = (slot + 1) & mask;
    }
  };
  const fill = () => {
    for (let at = 0; at < used; at += 1) {
      slots[slotOf(pairs[at * 2] ?? 0, pairs[at * 2 + 1] ?? 0)] = at + 1;
    }
  };
  const grow = () => {
    const before = { pairs, counts };
    pairs = new Int32Array(before.pairs.length * 2);
    pairs.set(before.pairs);
    counts = new Uint32Array(before.counts.length * 2);
    counts.set(before.counts);
    slots = new Int32Array(slots.length * 2);
    fill();
  };
  return {
    add: (first, second) => {
      const [a, b] = [first | 0, second | 0];
      const slot = slotOf(a, b);
      const at = (slots[slot] ?? 0) - 1;
      if (at >= 0) {
        const count = (counts[at] ?? 0) + 1;
        counts[at] = count;
        return count;
      }
      pairs[used * 2] = a;
      pairs[used * 2 + 1] = b;
      counts[used] = 1;
      used += 1;
      slots[slot] = used;
      if (used === counts.length) grow();
      return 1;
    },
    size: () => used,
    counts: () => counts.subarray(0, used),
    keep: (isKept) => {
      let left = 0;
      for (let at = 0; at < used; at += 1) {
        const [first, second] = [pairs[at * 2] ?? 0, pairs[at * 2 + 1] ?? 0];
        if (!isKept(first >>> 0, second >>> 0)) continue;
        pairs[left * 2] = first;
        pairs[left * 2 + 1] = second;
        counts[left] = counts[at] ?? 0;
        left += 1;
      }
      used = left;
      slots.fill(0);
      fill();
    },
  };
}
