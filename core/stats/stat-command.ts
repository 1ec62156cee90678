import { accuracy } from "#core/stats/accuracy.ts";
import { adaptiveQuantile } from "#core/stats/adaptive-conformal.ts";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { createKernel, density } from "#core/stats/density.ts";
import { dispersion, pooledDispersion } from "#core/stats/dispersion.ts";
import { doseResponse } from "#core/stats/dose-response.ts";
import { riseEvidence } from "#core/stats/e-process.ts";
import { emergingCategory } from "#core/stats/emerging.ts";
import { emergingWords } from "#core/stats/emerging-pattern.ts";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotTest } from "#core/stats/hot.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { type Interval, intervalAround, poissonInterval } from "#core/stats/interval.ts";
import { knox } from "#core/stats/knox.ts";
import { localMoran } from "#core/stats/local-moran.ts";
import { mannKendall } from "#core/stats/mann-kendall.ts";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { parallelTrend } from "#core/stats/parallel-trend.ts";
import { spaceTimeScan } from "#core/stats/scan.ts";
import type { statExamples } from "#core/stats/stat-examples.ts";
import {
  aoristicInput,
  densityInput,
  giStarInput,
  hotInput,
  knoxInput,
  localMoranInput,
  parseStatInput,
  StatInputError,
  scanInput,
  wddInput,
} from "#core/stats/stat-input.ts";
import {
  accuracyInput,
  adaptiveInput,
  dispersionInput,
  doseResponseInput,
  ebRateInput,
  emergingInput,
  eProcessInput,
  eTestInput,
  mannKendallInput,
  parallelTrendInput,
  runningWddInput,
} from "#core/stats/stat-input-series.ts";
import { readMoment } from "#core/stats/stat-moment.ts";
import { eTest, poissonTest } from "#core/stats/two-counts.ts";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";
import { createZone, type Zone } from "#core/time/zone.ts";

export function statisticNames(): readonly string[] {
  return Object.keys(statistics);
}

/** `boxster stat NAME`: JSON in, JSON out; null for undefined. */
export function runStat(name: string, input: unknown): unknown {
  return statisticNamed(name)(input);
}

/** Before its input is read; else a StatInputError that lists all names. */
export function statisticNamed(name: string): Statistic {
  const statistic = Object.hasOwn(statistics, name) ? statistics[name] : undefined;
  if (statistic) return (input) => held(statistic(input));
  throw new StatInputError(`unknown statistic "${name}"; there are ${statisticNames().join(", ")}`);
}

type Statistic = (input: unknown) => unknown;

const known: Readonly<Record<keyof typeof statExamples, Statistic>> = {
  "gi-star": (input) => {
    const { counts, neighbours: lists } = parseStatInput(giStarInput, input);
    const neighbours = neighboursFromLists(lists);
    const { z, p } = giStar(counts, neighbours);
    const hot = hotP(counts, neighbours);
    return {
      z,
      p,
      exactP: [...exactP(counts, neighbours).p],
      hotP: [...hot.p],
      q: benjaminiHochberg(hot.p),
      holm: holm(p),
      bh: benjaminiHochberg(p),
      by: benjaminiYekutieli(p),
      // Only where the tails are approximate.
      ...(hot.method === "exact" ? {} : { approximation: hot.method }),
    };
  },
  hot: (input) => {
    const { counts, neighbours, shares } = parseStatInput(hotInput, input);
    const test = hotTest(counts, neighboursFromLists(neighbours), shares);
    const { ownP, areaP, p, q, by } = test;
    const [hot, beside] = [test.hot, test.beside].map((marks) => Array.from(marks, Boolean));
    return { ownP: [...ownP], areaP: [...areaP], p: [...p], q: [...q], hot, beside, by };
  },
  "local-moran": (input) => {
    const { values, neighbours } = parseStatInput(localMoranInput, input);
    return localMoran(values, neighboursFromLists(neighbours));
  },
  "mann-kendall": (input) => parseStatInput(mannKendallInput, input).series.map(mannKendall),
  emerging: (input) => {
    const { z, critical, alpha } = parseStatInput(emergingInput, input);
    return z.map((series) => {
      const signs = series.map((step) =>
        step === null || Math.abs(step) < critical ? 0 : Math.sign(step),
      );
      const { pattern, side, s, p } = emergingCategory(series, { signs, alpha });
      return { category: emergingWords({ pattern, side }), side, s, p };
    });
  },
  "e-test": (input) => {
    const { pairs, lengths } = parseStatInput(eTestInput, input);
    return { p: pairs.map(([before, after]) => eTest(before, after, lengths)) };
  },
  "poisson-test": (input) => {
    const { pairs, lengths = [1, 1] } = parseStatInput(eTestInput, input);
    return { p: pairs.map(([before, after]) => poissonTest(before, after, lengths)) };
  },
  "eb-rate": (input) => {
    const { counts, exposure, alpha } = parseStatInput(ebRateInput, input);
    const own = counts.map((events, at) => {
      const by = exposure[at] ?? 0;
      const { low, high } = poissonInterval(events, alpha);
      return by > 0 ? { low: low / by, high: high / by } : { low: null, high: null };
    });
    return {
      rate: empiricalBayesRates(counts, exposure),
      low: own.map(({ low }) => low),
      high: own.map(({ high }) => high),
    };
  },
  density: (input) => {
    const { points, at, kernel, bandwidth } = parseStatInput(densityInput, input);
    const weighted = { ...axesOf(points), weight: points.map(({ weight = 1 }) => weight) };
    return { density: [...density(weighted, axesOf(at), createKernel(kernel, bandwidth))] };
  },
  knox: (input) => {
    const { points, ...options } = parseStatInput(knoxInput, input);
    const dated = { ...axesOf(points), day: points.map(({ day }) => day) };
    return refusing(() => knox(dated, options));
  },
  scan: (input) => {
    const { points, ...options } = parseStatInput(scanInput, input);
    const places = [...new Map(points.map((point) => [String(point.id), point])).entries()];
    const numberOf = new Map(places.map(([id], number) => [id, number]));
    const cases = {
      places: places.map(([id]) => id),
      ...axesOf(places.map(([, point]) => point)),
      place: points.map(({ id }) => numberOf.get(String(id)) as number),
      day: points.map(({ day }) => day),
    };
    return spaceTimeScan(cases, options);
  },
  accuracy: (input) => {
    const { score, observed, area, top } = parseStatInput(accuracyInput, input);
    return accuracy({ score, observed, ...(area ? { area } : {}) }, top);
  },
  wdd: (input) => weightedDisplacementDifference(parseStatInput(wddInput, input)),
  "running-wdd": (input) => {
    const { before, after, alpha } = parseStatInput(runningWddInput, input);
    return runningDifference(before, after, alpha).map(({ estimate: wdd, ...interval }) => {
      return { wdd, ...interval };
    });
  },
  dispersion: (input) => {
    const { series } = parseStatInput(dispersionInput, input);
    return { each: series.map(dispersion), together: pooledDispersion(series) };
  },
  "parallel-trend": (input) => {
    const { treated, control } = parseStatInput(parallelTrendInput, input);
    const scatter = dispersion(treated);
    const found = parallelTrend(treated, control, scatter ?? 1);
    return { dispersion: scatter, ...(found ?? { scale: null, checks: [] }) };
  },
  "dose-response": (input) => {
    const { weeks, seed = 1 } = parseStatInput(doseResponseInput, input);
    return doseResponse(weeks, seed);
  },
  "e-process": (input) => {
    const { before, looks, dispersion = 1, spread = 0 } = parseStatInput(eProcessInput, input);
    return { log: [...riseEvidence({ before, looks, dispersion, spread })] };
  },
  "adaptive-quantile": (input) => {
    const { scores, level } = parseStatInput(adaptiveInput, input);
    return { within: adaptiveQuantile(Float64Array.from(scores), level) };
  },
  aoristic: (input) => {
    const { timeZone, events } = parseStatInput(aoristicInput, input);
    const zone = zoneNamed(timeZone);
    return {
      weights: events.map(({ from, to }, index) =>
        aoristicWeights(
          zone,
          readMoment(from, zone, "earlier", `events[${index}].from`),
          to == null ? null : readMoment(to, zone, "later", `events[${index}].to`),
        ),
      ),
    };
  },
};

const statistics: Readonly<Record<string, Statistic>> = known;

function axesOf(points: readonly { readonly x: number; readonly y: number }[]) {
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}

/** A StatInputError where a number overflows, which JSON cannot hold. */
function held(answer: unknown): unknown {
  const path = pathOfOverflow(answer);
  if (path === null) return answer;
  throw new StatInputError(`the input: what it gives for ${path.slice(1)} is too large to be held`);
}

function pathOfOverflow(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : "";
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const rest = pathOfOverflow(part);
    if (rest !== null) return `.${key}${rest}`;
  }
  return null;
}

function refusing<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof RangeError) throw new StatInputError(cause.message, { cause });
    throw cause;
  }
}

function zoneNamed(name: string): Zone {
  try {
    return createZone(name);
  } catch (cause) {
    throw new StatInputError(`timeZone: "${name}" is not a time zone, such as Europe/London`, {
      cause,
    });
  }
}

/** Counts of equal periods, oldest first; treated and control are of the same length. */
interface PeriodCounts {
  readonly treated: readonly number[];
  readonly control: readonly number[];
}

/**
 * Running WDD: after m periods the sum of treated minus control, less m baseline periods' worth of
 * the baseline's own difference; its variance is the Poisson one of all counts that enter. One
 * interval per period after the start.
 */
export function runningDifference(
  baseline: PeriodCounts,
  after: PeriodCounts,
  alpha: number,
): Interval[] {
  const periods = baseline.treated.length;
  if (periods === 0) throw new RangeError("A running difference needs a baseline period");
  const [before, beforeVariance] = [difference(baseline, periods), total(baseline, periods)];
  return after.treated.map((_, index) => {
    const m = index + 1;
    const estimate = difference(after, m) - (m / periods) * before;
    const variance = total(after, m) + (m / periods) ** 2 * beforeVariance;
    return intervalAround(estimate, Math.sqrt(variance), alpha);
  });
}

function difference({ treated, control }: PeriodCounts, periods: number): number {
  return sum(treated, periods) - sum(control, periods);
}

function total({ treated, control }: PeriodCounts, periods: number): number {
  return sum(treated, periods) + sum(control, periods);
}

function sum(counts: readonly number[], periods: number): number {
  return counts.slice(0, periods).reduce((all, count) => all + count, 0);
}
