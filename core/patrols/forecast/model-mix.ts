import { onceBy } from "#core/once-for.ts";
import {
  agedReports,
  type CandidateModel,
  type CellShares,
  type Decay,
  decayedCounts,
  decays,
  firstDecay,
  foldWeight,
  type Neighbourhood,
  neighbourMeans,
  neighbourWeights,
  pseudocounts,
  roomOf,
  steadyDecays,
} from "#core/patrols/forecast/cell-shares.ts";
import { observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import { insideOf, partEdges } from "#core/stats/best-part.ts";
import type { Fold } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";

/** So many folds before the one that is forecast say what each model counts for. */
export const mixingFolds = 36;

/** What is averaged: how many pseudocounts there are moves no cell past another. */
export const candidateModels: readonly Omit<CandidateModel, "pseudocount">[] = decays.flatMap(
  (decay) => neighbourWeights.map((neighbourWeight) => ({ decay, neighbourWeight })),
);

const { length: count } = candidateModels;

/** Taken until folds that are over say something else: between the extremes. */
export const firstModel: CandidateModel = {
  decay: firstDecay,
  neighbourWeight: 0.1,
  pseudocount: 100,
};

/** What patrols can reach: models are weighed by what these shares of the area held; the largest first. */
const reachedShares = [0.05, 0.02, 0.01] as const;
/**
 * Two averages, which are averaged in turn. A model counts as a power of what it held: by 30, one that held a tenth less counts a
 * twentieth. By 100 it takes little to count for nothing: where places move, what is old has to go; where they stay, few reports
 * tell models apart by luck alone.
 */
const averages = [
  { models: steadyDecays.length * neighbourWeights.length, sharpness: 30 },
  { models: count, sharpness: 100 },
] as const;
/** Until folds say more: as if every model had held so many reports of each share. */
const firstHits = 20;
/** Models that count for less change nothing that can be told, and cost as much. */
const leastWeight = 1e-3;

export interface ModelMix {
  /** Of `candidateModels`, summing to 1. */
  readonly weights: Float64Array;
  /** The one that counts most, with the pseudocounts of all. */
  readonly model: CandidateModel;
  /** The steady decay whose models count most together: hours take months to show. */
  readonly decay: Decay;
  /** Folds that they were weighed by; 0 where too few are over. */
  readonly folds: number;
}

/** What a fold says of each model, worked out from what was known at its start. */
interface Judged {
  readonly start: number;
  /** Reports that came in the best part, by reached share and model. */
  readonly hits: Float64Array;
  /** Reports of each cell where any came. */
  readonly came: readonly number[];
  /** The certain share of each of these cells, by model. */
  readonly certain: readonly Float64Array[];
  /** The part of the whole that each cell is. */
  readonly even: number;
  /** Like so many whole reports, by model. */
  readonly known: Float64Array;
}

/**
 * Weighs models by the past alone, and by what the forecast is for: the reports that the best 1, 2 and 5% of the area held in
 * each of the folds, which fade by age. An average of models that are nearly as good misses less than the best of them does
 * (Bates & Granger 1969; Clemen 1989), and the model of the best likelihood is often not the one that hits. Between a blunt average
 * of models that forget slowly and a sharp one of all, the chance that each gave to the reports of every fold, as it was weighed before
 * it, decides (Bayes; Dawid 1984). How many pseudocounts the average allows for is chosen by the same logarithmic score, which is proper
 * (Good 1952; Gneiting & Raftery 2007).
 * A fold is worked out once, whatever asks.
 */
export function createModelMixer(reports: Reports, near: Neighbourhood) {
  const judgedOf = onceBy((_start: number, fold: Fold) => judge(reports, near, fold));
  return {
    /** What each model counts for by these folds; all of them must be over. */
    mix: (folds: readonly Fold[]): ModelMix => {
      const judged = folds
        .map((fold) => judgedOf(fold.start, fold))
        .filter((each) => each !== null);
      if (judged.length === 0) return firstMix();
      const end = Math.max(...folds.map((fold) => fold.end));
      const weights = weightsBy(judged, end);
      const heaviest = candidateModels[weights.indexOf(Math.max(...weights))] ?? firstModel;
      const pseudocount = likeliestPseudocount(judged, weights);
      const model = { ...heaviest, pseudocount };
      return { weights, model, decay: heaviestDecay(weights), folds: judged.length };
    },
  };
}

function firstMix(): ModelMix {
  const isFirst = ({ decay, neighbourWeight }: (typeof candidateModels)[number]) =>
    decay === firstDecay && neighbourWeight === firstModel.neighbourWeight;
  const weights = Float64Array.from(candidateModels, (model) => (isFirst(model) ? 1 : 0));
  return { weights, model: firstModel, decay: firstDecay, folds: 0 };
}

/** The shares of one model before pseudocounts, for each model in turn: sums to 1, or to 0 where nothing is known. */
function forEachModel(
  reports: Reports,
  near: Neighbourhood,
  origin: number,
  see: (index: number, mixed: Float64Array, total: number, known: number) => void,
  isAsked: (index: number) => boolean = () => true,
): void {
  const cells = near.cells.length;
  const aged = agedReports(reports, origin);
  decays.forEach((decay, row) => {
    const first = row * neighbourWeights.length;
    if (!neighbourWeights.some((_, at) => isAsked(first + at))) return;
    const { counts, unit } = decayedCounts(aged, cells, decay);
    const means = neighbourMeans(counts, near);
    const known = sumOf(counts) / unit;
    const [own, around] = [sumOf(counts), sumOf(means)];
    neighbourWeights.forEach((neighbourWeight, place) => {
      if (!isAsked(first + place)) return;
      const mixed = new Float64Array(cells);
      for (let at = 0; at < cells; at += 1) {
        mixed[at] = (counts[at] as number) + neighbourWeight * (means[at] as number);
      }
      see(first + place, mixed, own + neighbourWeight * around, known);
    });
  });
}

/** Null where nothing came, or nothing was known. */
function judge(reports: Reports, near: Neighbourhood, fold: Fold): Judged | null {
  // Only by what was known at its end: whoever learns from a fold stands behind it.
  const observed = observedIn(reports, near.cells.length, fold, fold.end);
  const units = [...observed.keys()].filter((unit) => (observed[unit] as number) > 0);
  if (units.length === 0 || !reports.known.some((at) => at <= fold.start)) return null;
  const came = units.map((unit) => observed[unit] as number);
  const hits = new Float64Array(count * reachedShares.length);
  const certain: Float64Array[] = [];
  const known = new Float64Array(count);
  const rooms = reachedShares.map(roomOf(near.cells.length));
  forEachModel(reports, near, fold.start, (index, mixed, total, knownHere) => {
    known[index] = knownHere;
    certain[index] = Float64Array.from(units, (unit) => (mixed[unit] as number) / total);
    partEdges(mixed, rooms).forEach((edge, at) => {
      let held = 0;
      for (let place = 0; place < units.length; place += 1) {
        held += insideOf(edge, mixed[units[place] as number] as number) * (came[place] as number);
      }
      hits[at * count + index] = held;
    });
  });
  return { start: fold.start, hits, came, certain, even: 1 / near.cells.length, known };
}

/** The averages by how likely each made what came, and of these the models that count at all. */
function weightsBy(judged: readonly Judged[], end: number): Float64Array {
  const scores = averages.map((average) => {
    const told = judged.slice(1).map((fold, at) => {
      const before = averageBy(average, judged.slice(0, at + 1), fold.start);
      return likelihoodUnder(before, fold)(firstModel.pseudocount);
    });
    return sumOf(told);
  });
  const best = Math.max(...scores);
  const chances = Float64Array.from(scores, (score) => Math.exp(score - best));
  const made = averages.map((average) => averageBy(average, judged, end));
  const raw = weightedSum(made, chances, count);
  const least = leastWeight * sumOf(raw);
  return scaled(raw.map((weight) => (weight < least ? 0 : weight)));
}

/** Each model by what it held of each share over all folds, as so many times the mean of all models. */
function averageBy(
  { models, sharpness }: (typeof averages)[number],
  judged: readonly Judged[],
  end: number,
): Float64Array {
  const pooled = new Float64Array(count * reachedShares.length);
  for (const { start, hits } of judged) {
    const weight = foldWeight(start, end);
    hits.forEach((held, at) => {
      pooled[at] = (pooled[at] as number) + weight * held;
    });
  }
  const scores = new Float64Array(count);
  reachedShares.forEach((_, share) => {
    const held = pooled.subarray(share * count, share * count + models);
    const mean = sumOf(held) / models;
    held.forEach((value, index) => {
      scores[index] = (scores[index] as number) + (value + firstHits) / (mean + firstHits);
    });
  });
  const best = Math.max(...scores);
  return scaled(scores.map((score) => (score / best) ** sharpness));
}

function scaled(weights: Float64Array): Float64Array {
  const total = sumOf(weights);
  return weights.map((weight) => weight / total);
}

function heaviestDecay(weights: Float64Array): Decay {
  const sums = steadyDecays.map((_, row) =>
    sumOf(weights.subarray(row * neighbourWeights.length, (row + 1) * neighbourWeights.length)),
  );
  return steadyDecays[sums.indexOf(Math.max(...sums))] ?? firstDecay;
}

function likeliestPseudocount(judged: readonly Judged[], weights: Float64Array): number {
  const likelihoods = judged.map((fold) => likelihoodUnder(weights, fold));
  const scores = pseudocounts.map((each) => sumOf(likelihoods.map((under) => under(each))));
  return pseudocounts[scores.indexOf(Math.max(...scores))] ?? firstModel.pseudocount;
}

/** Logarithmic score of the places of a fold's reports under an average, by pseudocounts. */
function likelihoodUnder(weights: Float64Array, { came, even, known, certain }: Judged) {
  const behind = weights.reduce((sum, weight, index) => sum + weight * (known[index] as number), 0);
  const shares = weightedSum(certain, weights, came.length);
  return (pseudocount: number): number => {
    const loose = pseudocount / (behind + pseudocount);
    return came.reduce((sum, reports, place) => {
      const share = (1 - loose) * (shares[place] as number) + loose * even;
      return sum + reports * Math.log(share);
    }, 0);
  };
}

/** Of rows of one length, each by its weight; those of no weight may hold anything. */
function weightedSum(rows: readonly Float64Array[], weights: Float64Array, length: number) {
  const sums = new Float64Array(length);
  rows.forEach((row, at) => {
    const weight = weights[at] as number;
    if (!(weight > 0)) return;
    for (let place = 0; place < length; place += 1) {
      sums[place] = (sums[place] as number) + weight * (row[place] as number);
    }
  });
  return sums;
}

/** Shares from what is known at `origin` by the average of models; even ones where nothing is. */
export function mixedShares(
  reports: Reports,
  near: Neighbourhood,
  { origin, mix }: { readonly origin: number; readonly mix: Pick<ModelMix, "weights" | "model"> },
): CellShares {
  const { weights, model } = mix;
  const certain = new Float64Array(near.cells.length);
  let known = 0;
  let told = 0;
  const add = (index: number, mixed: Float64Array, total: number, knownHere: number) => {
    if (total <= 0) return;
    const weight = weights[index] as number;
    told += weight;
    known += weight * knownHere;
    for (let unit = 0; unit < certain.length; unit += 1) {
      certain[unit] = (certain[unit] as number) + (weight * (mixed[unit] as number)) / total;
    }
  };
  forEachModel(reports, near, origin, add, (index) => (weights[index] as number) > 0);
  const behind = known + model.pseudocount;
  const loose = told > 0 ? model.pseudocount / behind : 1;
  const shares = certain.map((share) => (1 - loose) * share + loose / certain.length);
  return { shares, support: shares.map((share) => share * behind) };
}
