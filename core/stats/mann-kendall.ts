import { twoSidedP } from "#core/stats/normal.ts";

export interface MannKendall {
  /** Rising less falling pairs. */
  readonly s: number;
  /** Of `s` under no trend, corrected for ties. */
  readonly variance: number;
  readonly z: number;
  /** Two-sided, from the normal distribution: poor below 10 values. */
  readonly p: number;
  /** Two-sided, from all orders; null with ties or beyond `longestExact` values. */
  readonly exactP: number | null;
  /** Null below two values. */
  readonly tauA: number | null;
  /** Null where the values do not vary. */
  readonly tauB: number | null;
  /** Median slope of all pairs, a step; null below two values. */
  readonly senSlope: number | null;
}

/** The table of inversions grows with the cube of the length. */
const longestExact = 60;

/**
 * Mann-Kendall test of a trend over equal steps (Mann 1945; Kendall 1975; Gilbert 1987, eq. 16.2 and
 * 16.4 with ties) with a correction for continuity: z = (S - sign S) / sqrt(Var S), 0 where either is 0.
 */
export function mannKendall(series: ArrayLike<number>): MannKendall {
  const n = series.length;
  const { s, variance, isTied } = trendOf(series);
  const z = scoreOf(s, variance);
  const pairs = (n * (n - 1)) / 2;
  const untied = pairs - tieSizes(series).reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  return {
    s,
    variance,
    z,
    p: twoSidedP(z),
    exactP: isTied || n < 2 || n > longestExact ? null : exactTrendP(n, s),
    tauA: n < 2 ? null : s / pairs,
    tauB: untied === 0 ? null : s / Math.sqrt(pairs * untied),
    senSlope: senSlope(series),
  };
}

/** The direction and the two-sided normal p alone, for many series. */
export function trendP(series: ArrayLike<number>): { readonly s: number; readonly p: number } {
  const { s, variance } = trendOf(series);
  return { s, p: twoSidedP(scoreOf(s, variance)) };
}

function scoreOf(s: number, variance: number): number {
  return s === 0 || variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
}

function trendOf(series: ArrayLike<number>): { s: number; variance: number; isTied: boolean } {
  const n = series.length;
  let s = 0;
  for (let later = 1; later < n; later += 1) {
    const value = series[later] as number;
    for (let earlier = 0; earlier < later; earlier += 1) {
      const other = series[earlier] as number;
      s += value > other ? 1 : value < other ? -1 : 0;
    }
  }
  let eighteenfold = n * (n - 1) * (2 * n + 5);
  let isTied = false;
  for (const size of tieSizes(series)) {
    if (size < 2) continue;
    isTied = true;
    eighteenfold -= size * (size - 1) * (2 * size + 5);
  }
  return { s, variance: eighteenfold / 18, isTied };
}

function tieSizes(series: ArrayLike<number>): number[] {
  const sizes = new Map<number, number>();
  for (let at = 0; at < series.length; at += 1) {
    const value = series[at] as number;
    sizes.set(value, (sizes.get(value) ?? 0) + 1);
  }
  return [...sizes.values()];
}

/**
 * Share of the n! orders with at least as strong a trend. The orders with k inversions are the
 * Mahonian numbers: adding a value multiplies their polynomial by 1 + x + ... + x^(values there);
 * kept as chances, nothing overflows.
 */
function exactTrendP(n: number, s: number): number {
  const pairs = (n * (n - 1)) / 2;
  let chances = new Float64Array(1).fill(1);
  for (let values = 2; values <= n; values += 1) {
    const next = new Float64Array(chances.length + values - 1);
    let sum = 0;
    for (let at = 0; at < next.length; at += 1) {
      sum += chances[at] ?? 0;
      if (at >= values) sum -= chances[at - values] as number;
      next[at] = sum / values;
    }
    chances = next;
  }
  // S = pairs - 2 inversions; the distribution is symmetric, so one tail is summed, from its thin end.
  const most = (pairs - Math.abs(s)) / 2;
  let tail = 0;
  for (let inversions = 0; inversions <= most; inversions += 1) {
    tail += chances[inversions] as number;
  }
  return Math.min(1, 2 * tail);
}

function senSlope(series: ArrayLike<number>): number | null {
  const n = series.length;
  if (n < 2) return null;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let later = 1; later < n; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      slopes[at] = ((series[later] as number) - (series[earlier] as number)) / (later - earlier);
      at += 1;
    }
  }
  slopes.sort();
  const middle = slopes.length >> 1;
  const upper = slopes[middle] as number;
  return slopes.length % 2 === 1 ? upper : ((slopes[middle - 1] as number) + upper) / 2;
}
