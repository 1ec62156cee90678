import { onceBy } from "#core/once-by.ts";
import {
  borrowings,
  type CellShares,
  evenParts,
  type ForecastUnits,
  neighbourMeans,
  roomsOf,
  type ShareWay,
  strays,
  sumOf,
} from "#core/patrols/forecast/cell-shares.ts";
import {
  agedReports,
  type Decay,
  decayedCounts,
  decays,
  describeDecay,
  firstDecay,
  foldWeight,
} from "#core/patrols/forecast/decay.ts";
import { observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import { insideOf, partEdges } from "#core/stats/best-part.ts";
import type { Fold } from "#core/stats/folds.ts";

/** So many folds before the one that is forecast say what each way counts for. */
export const mixingFolds = 36;

/** Ways of ranking: how many stray reports there are moves no unit past another. */
export const rankings: readonly Omit<ShareWay, "stray">[] = decays.flatMap((decay) =>
  borrowings.map((borrowed) => ({ decay, borrowed })),
);

/** Taken until folds that are over say something else: between the extremes. */
export const firstWay: ShareWay = { decay: firstDecay, borrowed: 0.3, stray: 100 };

/** What patrols can reach: ways are weighed by what these shares of the area held; the largest first. */
const reachedShares = [0.05, 0.02, 0.01] as const;
/** A way counts as this power of what it held: one that held a tenth less counts a twentieth. */
const sharpness = 30;
/** Until folds say more: as if every way had held so many reports of each share. */
const firstHits = 20;
/** Ways that count for less change nothing that can be told, and cost as much. */
const leastWeight = 1e-3;

export interface WayMix {
  /** Of `rankings`, summing to 1. */
  readonly weights: Float64Array;
  /** The one that counts most, with the stray reports of all. */
  readonly way: ShareWay;
  /** The decay whose ways count most together. */
  readonly decay: Decay;
  /** Folds that they were weighed by; 0 where too few are over. */
  readonly folds: number;
}

/** What a fold says of each way, worked out from what was known at its start. */
interface Judged {
  readonly start: number;
  /** Reports that came in the best part, by reached share and ranking. */
  readonly hits: Float64Array;
  /** Reports of each unit where any came. */
  readonly came: readonly number[];
  /** The certain share of each of these units, by ranking. */
  readonly certain: readonly Float64Array[];
  /** What of the whole each of them is by size. */
  readonly even: readonly number[];
  /** Like so many whole reports, by ranking. */
  readonly known: Float64Array;
}

/**
 * Weighs ways by the past alone, and by what the forecast is for: the reports that the best 1, 2 and 5% of the area held in
 * each of the folds, which fade by age. An average of ways that are nearly as good misses less than the best of them does
 * (Bates & Granger 1969; Clemen 1989), and the way of the best likelihood is often not the one that hits. How many stray
 * reports the average allows for is chosen by the logarithmic score, which is proper (Good 1952; Gneiting & Raftery 2007).
 * A fold is worked out once, whatever asks.
 */
export function createWayMixer(reports: Reports, near: ForecastUnits) {
  const judgedOf = onceBy((_start: number, fold: Fold) => judge(reports, near, fold));
  return {
    /** What each way counts for by these folds; all of them must be over. */
    mix: (folds: readonly Fold[]): WayMix => {
      const judged = folds
        .map((fold) => judgedOf(fold.start, fold))
        .filter((each) => each !== null);
      if (judged.length === 0) return firstMix();
      const end = Math.max(...folds.map((fold) => fold.end));
      const weights = weightsBy(judged, end);
      const heaviest = rankings[weights.indexOf(Math.max(...weights))] ?? firstWay;
      const stray = likeliestStray(judged, weights);
      const way = { ...heaviest, stray };
      return { weights, way, decay: heaviestDecay(weights), folds: judged.length };
    },
  };
}

function firstMix(): WayMix {
  const isFirst = ({ decay, borrowed }: (typeof rankings)[number]) =>
    describeDecay(decay) === describeDecay(firstDecay) && borrowed === firstWay.borrowed;
  const weights = Float64Array.from(rankings, (ranking) => (isFirst(ranking) ? 1 : 0));
  return { weights, way: firstWay, decay: firstDecay, folds: 0 };
}

/** The shares of one way before stray reports, for each ranking in turn: sums to 1, or to 0 where nothing is known. */
function forEachRanking(
  reports: Reports,
  near: ForecastUnits,
  origin: number,
  see: (ranking: number, mixed: Float64Array, total: number, known: number) => void,
  isAsked: (ranking: number) => boolean = () => true,
): void {
  const units = near.cells.length;
  const aged = agedReports(reports, origin);
  decays.forEach((decay, row) => {
    const first = row * borrowings.length;
    if (!borrowings.some((_, at) => isAsked(first + at))) return;
    const { counts, unit } = decayedCounts(aged, units, decay);
    const means = neighbourMeans(counts, near);
    const known = sumOf(counts) / unit;
    const [own, around] = [sumOf(counts), sumOf(means)];
    borrowings.forEach((borrowed, place) => {
      if (!isAsked(first + place)) return;
      const mixed = new Float64Array(units);
      for (let at = 0; at < units; at += 1) {
        mixed[at] = (counts[at] as number) + borrowed * (means[at] as number);
      }
      see(first + place, mixed, own + borrowed * around, known);
    });
  });
}

/** Null where nothing came, or nothing was known. */
function judge(reports: Reports, near: ForecastUnits, fold: Fold): Judged | null {
  // Only by what was known at its end: whoever learns from a fold stands behind it.
  const observed = observedIn(reports, near.cells.length, fold, fold.end);
  const units = [...observed.keys()].filter((unit) => (observed[unit] as number) > 0);
  if (units.length === 0 || !reports.known.some((at) => at <= fold.start)) return null;
  const came = units.map((unit) => observed[unit] as number);
  const metres = near.metres ?? null;
  const hits = new Float64Array(rankings.length * reachedShares.length);
  const certain: Float64Array[] = [];
  const known = new Float64Array(rankings.length);
  const rooms = reachedShares.map(roomsOf(near));
  forEachRanking(reports, near, fold.start, (ranking, mixed, total, knownHere) => {
    known[ranking] = knownHere;
    certain[ranking] = Float64Array.from(units, (unit) => (mixed[unit] as number) / total);
    const rates = metres ? mixed.map((value, unit) => value / (metres[unit] as number)) : mixed;
    partEdges(rates, metres, rooms).forEach((edge, at) => {
      let held = 0;
      for (let place = 0; place < units.length; place += 1) {
        held += insideOf(edge, rates[units[place] as number] as number) * (came[place] as number);
      }
      hits[at * rankings.length + ranking] = held;
    });
  });
  const parts = evenParts(near);
  const even = units.map((unit) => 1 / (parts[unit] as number));
  return { start: fold.start, hits, came, certain, even, known };
}

/** What each way held of each share over all folds, as so many times the mean of all ways. */
function weightsBy(judged: readonly Judged[], end: number): Float64Array {
  const pooled = new Float64Array(rankings.length * reachedShares.length);
  for (const { start, hits } of judged) {
    const weight = foldWeight(start, end);
    hits.forEach((held, at) => {
      pooled[at] = (pooled[at] as number) + weight * held;
    });
  }
  const scores = new Float64Array(rankings.length);
  reachedShares.forEach((_, share) => {
    const held = pooled.subarray(share * rankings.length, (share + 1) * rankings.length);
    const mean = sumOf(held) / rankings.length;
    held.forEach((value, ranking) => {
      scores[ranking] = (scores[ranking] as number) + (value + firstHits) / (mean + firstHits);
    });
  });
  const best = Math.max(...scores);
  const raw = scores.map((score) => (score / best) ** sharpness);
  const least = leastWeight * sumOf(raw);
  const kept = raw.map((weight) => (weight < least ? 0 : weight));
  const total = sumOf(kept);
  return kept.map((weight) => weight / total);
}

function heaviestDecay(weights: Float64Array): Decay {
  const sums = decays.map((_, row) =>
    sumOf(weights.subarray(row * borrowings.length, (row + 1) * borrowings.length)),
  );
  return decays[sums.indexOf(Math.max(...sums))] ?? firstDecay;
}

function likeliestStray(judged: readonly Judged[], weights: Float64Array): number {
  const mixed = judged.map(({ certain, known, came, even }) => ({
    came,
    even,
    known: weights.reduce((sum, weight, ranking) => sum + weight * (known[ranking] as number), 0),
    shares: weightedSum(certain, weights, came.length),
  }));
  const scores = strays.map((stray) =>
    sumOf(
      mixed.map(({ came, even, known, shares }) => {
        const loose = stray / (known + stray);
        return came.reduce((sum, count, place) => {
          const share = (1 - loose) * (shares[place] as number) + loose * (even[place] as number);
          return sum + count * Math.log(share);
        }, 0);
      }),
    ),
  );
  return strays[scores.indexOf(Math.max(...scores))] ?? firstWay.stray;
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

/** Shares from what is known at `origin` by the average of ways; even ones where nothing is. */
export function mixedShares(
  reports: Reports,
  near: ForecastUnits,
  { origin, mix }: { readonly origin: number; readonly mix: Pick<WayMix, "weights" | "way"> },
): CellShares {
  const { weights, way } = mix;
  const certain = new Float64Array(near.cells.length);
  let known = 0;
  let told = 0;
  const add = (ranking: number, mixed: Float64Array, total: number, knownHere: number) => {
    if (total <= 0) return;
    const weight = weights[ranking] as number;
    told += weight;
    known += weight * knownHere;
    for (let unit = 0; unit < certain.length; unit += 1) {
      certain[unit] = (certain[unit] as number) + (weight * (mixed[unit] as number)) / total;
    }
  };
  forEachRanking(reports, near, origin, add, (ranking) => (weights[ranking] as number) > 0);
  const behind = known + way.stray;
  const loose = told > 0 ? way.stray / behind : 1;
  const parts = evenParts(near);
  const shares = certain.map(
    (share, unit) => (1 - loose) * share + loose / (parts[unit] as number),
  );
  return { shares, support: shares.map((share) => share * behind) };
}
