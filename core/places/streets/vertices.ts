/** A number for each place of the grid, the same for equal ones: a hash table over typed arrays. */
export interface Vertices {
  readonly count: number;
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly at: (x: number, y: number) => number;
}

export function createVertices(expected: number): Vertices {
  let room = 16;
  while (room < expected * 2) room *= 2;
  let table = new Int32Array(room).fill(-1);
  let x = new Int32Array(room >> 1);
  let y = new Int32Array(room >> 1);
  let count = 0;

  const grow = () => {
    table = new Int32Array(table.length * 2).fill(-1);
    const [oldX, oldY] = [x, y];
    x = new Int32Array(oldX.length * 2);
    y = new Int32Array(oldY.length * 2);
    x.set(oldX);
    y.set(oldY);
    for (let id = 0; id < count; id += 1) table[slotOf(x[id] ?? 0, y[id] ?? 0)] = id;
  };

  /** Where the place stands in the table, or the free slot that it would take. */
  const slotOf = (px: number, py: number): number => {
    const mask = table.length - 1;
    let slot = hashOf(px, py) & mask;
    for (;;) {
      const id = table[slot] ?? -1;
      if (id < 0 || (x[id] === px && y[id] === py)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  return {
    get count() {
      return count;
    },
    get x() {
      return x;
    },
    get y() {
      return y;
    },
    at: (px, py) => {
      const slot = slotOf(px, py);
      const known = table[slot] ?? -1;
      if (known >= 0) return known;
      const id = count;
      table[slot] = id;
      x[id] = px;
      y[id] = py;
      count += 1;
      if (count === x.length) grow();
      return id;
    },
  };
}

/** Mixes both numbers into all bits (the finaliser of MurmurHash3, public domain). */
function hashOf(x: number, y: number): number {
  let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash ^ (hash >>> 16);
}
