import { onceBy } from "#core/once-for.ts";
import { type ForecastUnits, ratesOf } from "#core/patrols/forecast/cell-shares.ts";
import { foldWeight } from "#core/patrols/forecast/decay.ts";
import { observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import { areaShares, bestEdges, heldBy } from "#core/patrols/forecast/share-accuracy.ts";
import type { Fold } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";

/** How what a best part of the area is expected to hold has held so far. */
export interface ShareDoubt {
  /** What came there as a part of what was expected there: under 1, as places that look best are partly lucky. */
  readonly ratio: number;
  /** Relative variance of what it holds around that, beyond what so many reports scatter by themselves. */
  readonly spread: number;
}

/** What a part is to be expected to hold, from what its shares add up to. */
export function heldShare({ ratio }: Pick<ShareDoubt, "ratio">, share: number): number {
  return Math.min(1, ratio * share);
}

/** What one fold's forecast expected of its best parts, and what came, in the order of `areaShares`. */
interface Told {
  readonly start: number;
  readonly came: number;
  /** Parts of the whole. */
  readonly expected: readonly number[];
  readonly hits: readonly number[];
}

/** Until folds say more: as if so many reports had come as they were expected. */
const firstReports = 20;
/** Until folds say more: a standard deviation of a tenth. */
const firstSpread = 0.01;

/**
 * From earlier folds, each as forecast at its origin by `sharesAt`. Each fold is computed once. In
 * the order of `areaShares`.
 */
export function createShareDoubt(
  reports: Reports,
  near: ForecastUnits,
  sharesAt: (fold: Fold) => Float64Array,
): (folds: readonly Fold[]) => readonly ShareDoubt[] {
  const toldOf = onceBy((_start: number, fold: Fold) => told(reports, near, fold, sharesAt));
  return (folds) => {
    const past = folds.map((fold) => toldOf(fold.start, fold)).filter((each) => each !== null);
    const end = Math.max(...folds.map((fold) => fold.end));
    return areaShares.map((_, at) => doubtOf(past, at, end));
  };
}

function told(
  reports: Reports,
  near: ForecastUnits,
  fold: Fold,
  sharesAt: (fold: Fold) => Float64Array,
): Told | null {
  // Only reports known at the fold's end: every user's origin is later.
  const observed = observedIn(reports, near.cells.length, fold, fold.end);
  const came = sumOf(observed);
  if (came === 0 || !reports.known.some((at) => at <= fold.start)) return null;
  const shares = sharesAt(fold);
  const rates = ratesOf(shares, near);
  const edges = bestEdges(rates, near);
  return {
    start: fold.start,
    came,
    expected: edges.map((edge) => heldBy(edge, rates, shares)),
    hits: edges.map((edge) => heldBy(edge, rates, observed)),
  };
}

function doubtOf(past: readonly Told[], at: number, end: number): ShareDoubt {
  let [hits, expected] = [firstReports, firstReports];
  const weights = past.map(({ start }) => foldWeight(start, end));
  past.forEach((fold, index) => {
    const weight = weights[index] as number;
    hits += weight * (fold.hits[at] as number);
    expected += weight * fold.came * (fold.expected[at] as number);
  });
  const ratio = hits / expected;
  // Weighted by reports: the relative error of a fold with few reports says little.
  let [beyond, all] = [firstReports * firstSpread, firstReports];
  past.forEach((fold, index) => {
    const share = Math.min(0.999, ratio * (fold.expected[at] as number));
    const mean = fold.came * share;
    if (mean <= 0) return;
    const weight = weights[index] as number;
    const miss = ((fold.hits[at] as number) / mean - 1) ** 2;
    beyond += weight * mean * (miss - (1 - share) / mean);
    all += weight * mean;
  });
  return { ratio, spread: Math.max(0, beyond / all) };
}
