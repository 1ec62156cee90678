/** A repeatable stream of numbers; the seed is always an argument, never the clock. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** Uniform integer in [0, below). */
  readonly integer: (below: number) => number;
  /** Fisher-Yates, in place. */
  readonly shuffle: <Item>(items: Item[]) => Item[];
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32 and run in for 12 steps. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const mix = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = () => {
    const total = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + total) | 0;
    return (total >>> 0) / 4_294_967_296;
  };
  for (let step = 0; step < 12; step += 1) next();
  const integer = (below: number) => Math.floor(next() * below);
  const shuffle = <Item>(items: Item[]) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = integer(last + 1);
      const held = items[last] as Item;
      items[last] = items[other] as Item;
      items[other] = held;
    }
    return items;
  };
  return { next, integer, shuffle };
}
