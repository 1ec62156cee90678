/** One p per test; null for an undefined test, which does not count. */
export type PValues = ArrayLike<number | null>;

/** Holm 1979: family-wise error, step down. */
export function holm(p: PValues): (number | null)[] {
  return adjust(p, "down", (value, rank, tests) => value * (tests - rank + 1));
}

/** Benjamini & Hochberg 1995: false discovery rate, step up. */
export function benjaminiHochberg(p: PValues): (number | null)[] {
  return adjust(p, "up", (value, rank, tests) => (value * tests) / rank);
}

/** Benjamini & Yekutieli 2001: false discovery rate under any dependence. */
export function benjaminiYekutieli(p: PValues): (number | null)[] {
  let harmonic = 0;
  let tests = 0;
  for (let index = 0; index < p.length; index += 1) {
    if (p[index] === null) continue;
    tests += 1;
    harmonic += 1 / tests;
  }
  return adjust(p, "up", (value, rank, count) => (value * count * harmonic) / rank);
}

type Scale = (value: number, rank: number, tests: number) => number;

/**
 * Ranks from 1 for the smallest p; a running extreme keeps the order of the p-values. Equal p-values
 * get equal results, so they are looked up by value: a typed array sorts without a comparison
 * function in a tenth of the time, and sparse counts have few distinct p-values.
 */
function adjust(p: PValues, direction: "down" | "up", scale: Scale): (number | null)[] {
  const sorted = definedValues(p).sort();
  const tests = sorted.length;
  const adjusted = new Map<number, number>();
  let extreme = direction === "down" ? 0 : 1;
  for (let step = 0; step < tests; step += 1) {
    const at = direction === "down" ? step : tests - 1 - step;
    const value = sorted[at] as number;
    // The first of equal values already has their extreme, in both directions.
    if (adjusted.has(value)) continue;
    const result = Math.min(1, scale(value, at + 1, tests));
    extreme = direction === "down" ? Math.max(extreme, result) : Math.min(extreme, result);
    adjusted.set(value, extreme);
  }
  const results = new Array<number | null>(p.length);
  for (let index = 0; index < p.length; index += 1) {
    const value = p[index] ?? null;
    results[index] = value === null ? null : (adjusted.get(value) as number);
  }
  return results;
}

function definedValues(p: PValues): Float64Array {
  const values = new Float64Array(p.length);
  let length = 0;
  for (let index = 0; index < p.length; index += 1) {
    const value = p[index];
    if (typeof value !== "number") continue;
    values[length] = value;
    length += 1;
  }
  return values.subarray(0, length);
}
