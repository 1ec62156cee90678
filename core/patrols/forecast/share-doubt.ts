import { onceBy } from "#core/once-for.ts";
import { type ForecastUnits, ratesOf } from "#core/patrols/forecast/cell-shares.ts";
import { foldWeight } from "#core/patrols/forecast/decay.ts";
import { learntSpread } from "#core/patrols/forecast/interval.ts";
import { observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import { areaShares, bestEdges, heldBy } from "#core/patrols/forecast/share-accuracy.ts";
import type { Fold } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";

/** How what a best part of the area is expected to hold has held so far. */
export interface ShareDoubt {
  /** What came there as a part of what was expected there: under 1, as places that look best are partly lucky. */
  readonly ratio: number;
  /** Relative variance of how many come there around what is expected, the level's own included; null while too few folds are over. */
  readonly spread: number | null;
}

/** What a part is to be expected to hold, from what its shares add up to. */
export function heldShare({ ratio }: Pick<ShareDoubt, "ratio">, share: number): number {
  return Math.min(1, ratio * share);
}

/** What one fold's forecast expected of its best parts, and what came, in the order of `areaShares`. */
interface Judged {
  readonly start: number;
  readonly came: number;
  /** Reports in the whole area. */
  readonly all: number;
  /** Parts of the whole. */
  readonly shares: readonly number[];
  readonly hits: readonly number[];
}

/** Until folds say more: as if so many reports had come as they were expected. */
const firstReports = 20;
/** Of a fold, from what was known at its start: parts of the whole, and reports of the whole. */
interface ForecastThen {
  readonly shares: Float64Array;
  readonly expected: number;
}

/** From earlier folds, each as it was forecast at its origin. Each fold is computed once. In the order of `areaShares`. */
export function createShareDoubt(
  reports: Reports,
  near: ForecastUnits,
  forecastAt: (fold: Fold) => ForecastThen,
): (folds: readonly Fold[]) => readonly ShareDoubt[] {
  const judgedOf = onceBy((_start: number, fold: Fold) => judge(reports, near, fold, forecastAt));
  return (folds) => {
    const past = folds.map((fold) => judgedOf(fold.start, fold)).filter((each) => each !== null);
    const end = Math.max(...folds.map((fold) => fold.end));
    return areaShares.map((_, at) => doubtOf(past, at, end));
  };
}

function judge(
  reports: Reports,
  near: ForecastUnits,
  fold: Fold,
  forecastAt: (fold: Fold) => ForecastThen,
): Judged | null {
  // Only reports known at the fold's end: every user's origin is later.
  const observed = observedIn(reports, near.cells.length, fold, fold.end);
  const came = sumOf(observed);
  if (came === 0 || !reports.known.some((at) => at <= fold.start)) return null;
  const { shares, expected } = forecastAt(fold);
  const rates = ratesOf(shares, near);
  const edges = bestEdges(rates, near);
  return {
    start: fold.start,
    came,
    all: expected,
    shares: edges.map((edge) => heldBy(edge, rates, shares)),
    hits: edges.map((edge) => heldBy(edge, rates, observed)),
  };
}

function doubtOf(past: readonly Judged[], at: number, end: number): ShareDoubt {
  const told = past.map(({ start, all, shares, hits }, index) => {
    const ratio = ratioOf(past.slice(0, index), at, start);
    return { mean: all * heldShare({ ratio }, shares[at] as number), came: hits[at] as number };
  });
  return { ratio: ratioOf(past, at, end), spread: learntSpread(told) };
}

/** By the folds that were over at an instant. */
function ratioOf(past: readonly Judged[], at: number, end: number): number {
  let [hits, expected] = [firstReports, firstReports];
  for (const fold of past) {
    const weight = foldWeight(fold.start, end);
    hits += weight * (fold.hits[at] as number);
    expected += weight * fold.came * (fold.shares[at] as number);
  }
  return hits / expected;
}
