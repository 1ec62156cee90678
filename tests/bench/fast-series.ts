import { accuracyByShare, areaShares } from "#core/patrols/forecast/backtest.ts";
import { countSince } from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster } from "#core/patrols/forecast/forecast.ts";
import { observedIn } from "#core/patrols/forecast/reports.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { foldsBetween } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import type { Zone } from "#core/time/zone.ts";
import { atLeast, type BenchLine, notAsked } from "#tests/bench/timing.ts";
import { type RealSeries, reportsOfSeries } from "#tests/support/real-series.ts";

/** Of one series, area and share, week by week. */
interface Scores {
  readonly own: readonly number[];
  readonly counts: readonly (readonly number[])[];
}

const shares = areaShares.slice(0, 3);
const [leastAsked, meanAsked] = [0.99, 1.02];
const draws = 4_000;

/**
 * All ratios of the weekly series at once: their mean with its 95% interval over weeks, drawn together for all, since one
 * week is a good or bad one for neighbouring boroughs alike; and how often chance alone has a least as low, were every
 * ratio truly as asked.
 */
export function fastLines(
  given: { readonly series: readonly RealSeries[]; readonly areas: readonly StudySet[] },
  [from, to]: readonly [from: string, to: string],
  zone: Zone,
): BenchLine[] {
  const folds = foldsBetween(zone, from, to, 7);
  const all = given.series.flatMap((series) =>
    given.areas.flatMap((study): Scores[] => {
      const reports = reportsOfSeries(series, study, zone);
      const forecaster = createForecaster(reports, { near: study, zone, horizon: 7 });
      const weeks = folds.map((fold) => {
        const observed = observedIn(reports, study.cells.length, fold);
        const paiOf = (rates: Float64Array) =>
          (accuracyByShare(rates, observed) ?? []).map(({ pai }) => pai);
        return {
          own: paiOf(forecaster(fold, fold.start).shares),
          counts: [3, 12, 36].map((months) =>
            paiOf(countSince(reports, study.cells.length, fold.start, months)),
          ),
        };
      });
      return shares.map((_, at) => ({
        own: weeks.map(({ own }) => own[at] ?? 0),
        counts: [0, 1, 2].map((count) => weeks.map(({ counts }) => counts[count]?.[at] ?? 0)),
      }));
    }),
  );
  const every = folds.map((_, week) => week);
  const seen = all.map((scores) => ratioOver(scores, every));
  const least = Math.min(...seen);
  const random = createRandom(1);
  const means: number[] = [];
  let asLow = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const weeks = every.map(() => random.integer(every.length));
    const drawn = all.map((scores) => ratioOver(scores, weeks));
    means.push(sumOf(drawn) / drawn.length);
    const asAsked = drawn.map((ratio, at) => (leastAsked * ratio) / (seen[at] ?? 1));
    if (Math.min(...asAsked) <= least) asLow += 1;
  }
  means.sort((a, b) => a - b);
  const [low, high] = [0.025, 0.975].map((share) => means[Math.round(share * draws)] ?? 0);
  const mean = sumOf(seen) / seen.length;
  const few = seen.filter((ratio) => ratio < leastAsked).length;
  return [
    {
      work: `stops by 7 days, ${given.series.length} series in ${given.areas.length} areas at 3 shares: mean ratio to the best count`,
      measured: `${mean.toFixed(3)} (${low?.toFixed(3)} to ${high?.toFixed(3)})`,
      beside: `${few} of ${seen.length} under ${leastAsked}`,
      ratio: mean.toFixed(3),
      figure: atLeast(mean, "x the best count", meanAsked),
    },
    {
      work: `the least of them, were all truly ${leastAsked}`,
      measured: `${least.toFixed(3)}; as low in ${Math.round((100 * asLow) / draws)}% of draws`,
      beside: `asked: ${leastAsked}`,
      ratio: least.toFixed(3),
      figure: notAsked(least, "x the best count"),
    },
  ];
}

function ratioOver({ own, counts }: Scores, weeks: readonly number[]): number {
  const over = (values: readonly number[]) => sumOf(weeks.map((week) => values[week] ?? 0));
  return over(own) / Math.max(...counts.map(over));
}
