/**
 * A clock for two recordings that are to tell the same times: from ten past two in the afternoon of the day on which one begins, so
 * many times slower than time itself. Runs in threads and in pages, so it knows nothing but what it is given.
 */
export function slowDownClock({ begun, slower }: { begun: number; slower: number }): void {
  const Real = Date;
  const from = new Real(begun).setUTCHours(14, 10, 0, 0);
  class Slow extends Real {
    constructor(...given: readonly unknown[]) {
      if (given.length > 0) super(...(given as [number]));
      else super(Slow.now());
    }

    static override now() {
      return from + Math.floor((Real.now() - begun) / slower);
    }

    static override [Symbol.hasInstance](value: unknown) {
      return value instanceof Real;
    }
  }
  Object.assign(globalThis, { Date: Slow });
}
