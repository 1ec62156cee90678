import { onceBy } from "#core/once-for.ts";
import {
  type CellShares,
  type Decay,
  decays,
  decayTable,
  firstDecay,
  type Neighbourhood,
} from "#core/patrols/forecast/cell-shares.ts";
import { learntSpread } from "#core/patrols/forecast/interval.ts";
import {
  createModelMixer,
  type ModelMix,
  mixedShares,
  mixingFolds,
} from "#core/patrols/forecast/model-mix.ts";
import { knownFolds, type Reports } from "#core/patrols/forecast/reports.ts";
import { type Fold, foldsBefore, type Horizon } from "#core/stats/folds.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

/** Expected reports by cell, as rates and as shares of the whole, with what is not known about them. */
export interface Forecast extends CellShares, Level {
  readonly mix: ModelMix;
}

/** So many folds before the one that is forecast say which level to take. */
export const levelFolds = 24;

/** What Plan uses and what the backtest judges: from what is known at `origin`, mixed by the periods before `next`, which are over. */
export function createForecaster(
  reports: Reports,
  context: {
    readonly near: Neighbourhood;
    readonly zone: Zone;
    readonly horizon: Horizon;
  },
): (next: Pick<Fold, "from">, origin: number) => Forecast {
  const { near, zone, horizon } = context;
  const mixer = createModelMixer(reports, near);
  const levels = createLevelChooser(reports);
  return (next, origin) => {
    const folds = knownFolds(foldsBefore(zone, next, horizon, mixingFolds), reports);
    const mix = mixer.mix(folds);
    return {
      mix,
      ...mixedShares(reports, near, { origin, mix }),
      ...levels.choose(folds, origin),
    };
  };
}

/** How many reports a week brings in the whole study set. */
interface Level {
  readonly perWeek: number;
  /** Variance of the true level around it, as a share of its square: what past folds missed it by. Null while they are too few. */
  readonly spread: number | null;
}

/** A first day is not taken for a rule. */
const fewestDays = 28;
const weekMs = 7 * dayMs;

/** What came in a fold, and what was expected of it under each decay. */
interface Judged {
  readonly came: number;
  readonly expected: readonly number[];
}

/**
 * Decayed mean of the past, with the decay of least error on the folds: square roots are compared,
 * whose variance does not grow with the count (Anscombe 1948). Each fold is computed once.
 */
export function createLevelChooser(reports: Reports) {
  const first = reports.middle.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const judged = onceBy((start: number, fold: Fold): Judged => {
    const weeks = (fold.end - start) / weekMs;
    return {
      came: cameIn(reports, fold),
      expected: decays.map((decay) => weeks * levelAt(reports, start, first, decay)),
    };
  });
  return {
    /** The level at `origin`, by the decay that was best over these folds, which are over. */
    choose: (folds: readonly Fold[], origin: number): Level => {
      const begun = folds.filter((fold) => fold.start >= first + fewestDays * dayMs);
      const past = begun.map((fold) => judged(fold.start, fold));
      const bestBefore = (at: number) => leastMissed(past.slice(Math.max(0, at - levelFolds), at));
      const decay = decays[bestBefore(past.length)] as Decay;
      const told = past.map(({ came, expected }, at) => ({
        mean: expected[bestBefore(at)] as number,
        came,
      }));
      return { perWeek: levelAt(reports, origin, first, decay), spread: learntSpread(told) };
    },
  };
}

function leastMissed(past: readonly Judged[]): number {
  if (past.length === 0) return decays.indexOf(firstDecay);
  const misses = decays.map((_, decay) =>
    past.reduce((sum, { came, expected }) => {
      const miss = Math.sqrt(came) - Math.sqrt(expected[decay] ?? 0);
      return sum + miss ** 2;
    }, 0),
  );
  return misses.indexOf(Math.min(...misses));
}

/** Months that are unknown were not watched. */
function levelAt(
  { known, middle, weight, unknown = [] }: Reports,
  origin: number,
  first: number,
  decay: Decay,
): number {
  const { weightOf, watchedWeeks } = decayTable(decay);
  let sum = 0;
  for (let row = 0; row < known.length; row += 1) {
    if ((known[row] as number) > origin) continue;
    sum += weightOf(origin - (middle[row] as number)) * (weight[row] as number);
  }
  if (sum === 0) return 0;
  const weeksSince = (at: number) => watchedWeeks(Math.max(0, origin - at) / dayMs);
  const unwatched = unknown.reduce(
    (weeks, { start, end }) =>
      weeks + Math.max(0, weeksSince(Math.max(start, first)) - weeksSince(Math.max(end, first))),
    0,
  );
  return sum / (watchedWeeks(Math.max(fewestDays, (origin - first) / dayMs)) - unwatched);
}

/** By what was known at its end: whoever learns from a fold stands behind it. */
function cameIn({ middle, known, weight }: Reports, { start, end }: Fold): number {
  let sum = 0;
  for (let row = 0; row < middle.length; row += 1) {
    const at = middle[row] as number;
    if (at >= start && at < end && (known[row] as number) <= end) sum += weight[row] as number;
  }
  return sum;
}
