import {
  borrowings,
  evenParts,
  type ForecastUnits,
  neighbourMeans,
  type ShareWay,
  strays,
  sumOf,
} from "#core/patrols/forecast/cell-shares.ts";
import { decayedCounts, decays, firstDecay } from "#core/patrols/forecast/decay.ts";
import { observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import type { Fold } from "#core/stats/folds.ts";

/** So many folds before the one that is forecast say which way to take. */
export const choosingFolds = 24;
/** Fewer say nothing. */
const fewestFolds = 3;

export const ways: readonly ShareWay[] = decays.flatMap((decay) =>
  borrowings.flatMap((borrowed) => strays.map((stray) => ({ decay, borrowed, stray }))),
);

/** Taken until folds that are over say something else: between the extremes. */
export const firstWay: ShareWay = { decay: firstDecay, borrowed: 0.3, stray: 100 };

export interface ChosenWay {
  readonly way: ShareWay;
  /** Folds that it was chosen by; 0 where too few are over. */
  readonly folds: number;
}

export interface WayChooser {
  /** The way that was best over these folds; all of them must be over. */
  readonly choose: (folds: readonly Fold[]) => ChosenWay;
}

/**
 * Chooses by the past alone: the way under which what came in these folds was likeliest, each fold from
 * what was known at its start. The logarithmic score is proper (Good 1952; Gneiting & Raftery 2007): no
 * way can gain by saying anything but what it holds likely. A fold is worked out once, whatever asks.
 */
export function createWayChooser(reports: Reports, near: ForecastUnits): WayChooser {
  const known = new Map<number, Float64Array | null>();
  const scoresOf = (fold: Fold) => {
    if (!known.has(fold.start)) known.set(fold.start, foldScores(reports, near, fold));
    return known.get(fold.start) ?? null;
  };
  return {
    choose: (folds) => {
      const scores = folds.map(scoresOf).filter((each) => each !== null);
      if (scores.length < fewestFolds) return { way: firstWay, folds: 0 };
      const totals = ways.map((_, way) => sumOf(scores.map((each) => each[way] as number)));
      const best = totals.indexOf(Math.max(...totals));
      return { way: ways[best] ?? firstWay, folds: scores.length };
    },
  };
}

/** Log-likelihood of a fold's reports by cell under each way; null where nothing came, or nothing was known. */
function foldScores(reports: Reports, near: ForecastUnits, fold: Fold): Float64Array | null {
  const cells = near.cells.length;
  const observed = observedIn(reports, cells, fold);
  const came = [...observed.keys()].filter((cell) => (observed[cell] as number) > 0);
  if (came.length === 0 || !reports.known.some((at) => at <= fold.start)) return null;
  const scores = new Float64Array(ways.length);
  const parts = evenParts(near);
  let way = 0;
  for (const decay of decays) {
    const { counts, unit } = decayedCounts(reports, cells, { origin: fold.start, decay });
    const means = neighbourMeans(counts, near);
    const ownTotal = sumOf(counts);
    const meanTotal = sumOf(means);
    for (const borrowed of borrowings) {
      const total = ownTotal + borrowed * meanTotal;
      for (const stray of strays) {
        const behind = ownTotal / unit + stray;
        const certain = ownTotal / unit / behind / total;
        const loose = stray / behind;
        let score = 0;
        for (const cell of came) {
          const mixed = (counts[cell] as number) + borrowed * (means[cell] as number);
          score +=
            (observed[cell] as number) *
            Math.log(certain * mixed + loose / (parts[cell] as number));
        }
        scores[way] = score;
        way += 1;
      }
    }
  }
  return scores;
}
