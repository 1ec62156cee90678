import { type Decay, decayedCounts, decays, firstDecay } from "#core/forecast/decay.ts";
import type { Fold } from "#core/forecast/folds.ts";
import { observedIn } from "#core/forecast/observed.ts";
import type { Reports } from "#core/forecast/reports.ts";
import { accuracyByShare } from "#core/forecast/share-accuracy.ts";

/** So many folds before the one that is forecast say which decay to take. */
export const choosingFolds = 24;
/** Fewer say nothing. */
const fewestFolds = 3;

export interface DecayChooser {
  /** The decay that was best over these folds; all of them must be over. */
  readonly choose: (folds: readonly Fold[]) => Decay;
}

/**
 * Chooses by the past alone: the decay whose PAI, averaged over ties, over the shares of the area and
 * over the folds, stands highest above the mean of all decays. A fold is worked out once, whatever asks.
 */
export function createDecayChooser(reports: Reports, cells: number): DecayChooser {
  const known = new Map<number, readonly number[] | null>();
  const first = reports.middle.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const scoresOf = (fold: Fold) => {
    if (!known.has(fold.start)) known.set(fold.start, foldScores(reports, cells, fold));
    return known.get(fold.start) ?? null;
  };
  return {
    choose: (folds) => {
      const scores = folds
        .filter((fold) => fold.start > first)
        .map(scoresOf)
        .filter((each) => each !== null);
      if (scores.length < fewestFolds) return firstDecay;
      const totals = decays.map((_, decay) =>
        scores.reduce((sum, each) => sum + (each[decay] as number), 0),
      );
      return decays[totals.indexOf(Math.max(...totals))] as Decay;
    },
  };
}

/** PAI of each decay, by the mean of all at each share; null where nothing came. */
function foldScores(reports: Reports, cells: number, fold: Fold): readonly number[] | null {
  const observed = observedIn(reports, cells, fold);
  const rows = decays.map((decay) =>
    accuracyByShare(decayedCounts(reports, cells, { origin: fold.start, decay }), observed),
  );
  const shares = rows[0]?.length ?? 0;
  if (shares === 0) return null;
  const paiOf = (decay: number, share: number) => rows[decay]?.[share]?.pai ?? 0;
  const means = Array.from({ length: shares }, (_, share) =>
    meanOf(decays.map((_unused, decay) => paiOf(decay, share))),
  );
  return decays.map((_, decay) =>
    meanOf(means.map((mean, share) => (mean === 0 ? 1 : paiOf(decay, share) / mean))),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
