import { type Interval, intervalAround } from "#core/stats/interval.ts";

/** Counts before and after. */
export type PrePost = readonly [pre: number, post: number];

interface WddInput {
  readonly treated: PrePost;
  readonly control: PrePost;
  /** Where the problem might have moved to, and its control. */
  readonly displacement?: PrePost | undefined;
  readonly displacementControl?: PrePost | undefined;
  /** Length of the two periods, in any unit; equal when absent. */
  readonly timeWeights?: PrePost | undefined;
  /** In the order treated, control, displacement, displacementControl; all 1 when absent. */
  readonly areaWeights?: readonly [number, number, number, number] | undefined;
  /** Two-sided level of the interval. */
  readonly alpha: number;
}

interface Wdd {
  /** Negative is a reduction. */
  readonly wdd: number;
  readonly se: number;
  readonly z: number | null;
  readonly low: number;
  readonly high: number;
  /** Weighted displacement quotient; null where a ratio is undefined. */
  readonly wdq: number | null;
  /** Total net effect; null where a ratio is undefined. */
  readonly tne: number | null;
}

/**
 * Weighted displacement difference (Wheeler & Ratcliffe 2018, Crime Science 7:11):
 * WDD = (T1-T0) - (C1-C0) + (D1-D0) - (Cd1-Cd0), its variance the sum of the eight counts
 * (Poisson). With weights each count is divided by time x area, each variance term by its square.
 */
export function weightedDisplacementDifference(input: WddInput): Wdd {
  const { timeWeights = [1, 1], areaWeights = [1, 1, 1, 1] } = input;
  const none: PrePost = [0, 0];
  const areas = [
    [input.treated, 1],
    [input.control, -1],
    [input.displacement ?? none, 1],
    [input.displacementControl ?? none, -1],
  ] as const;
  let wdd = 0;
  let variance = 0;
  areas.forEach(([counts, sign], area) => {
    for (const period of [0, 1] as const) {
      const weight = timeWeights[period] * (areaWeights[area] as number);
      wdd += (sign * (period === 1 ? 1 : -1) * counts[period]) / weight;
      variance += counts[period] / weight ** 2;
    }
  });
  const { estimate, ...interval } = intervalAround(wdd, Math.sqrt(variance), input.alpha);
  return {
    wdd: estimate,
    ...interval,
    wdq: weightedDisplacementQuotient(input),
    tne: totalNetEffect(input),
  };
}

/**
 * WDQ = (D1/C1 - D0/C0) / (T1/C1 - T0/C0) (Bowers & Johnson 2003). To be read only where the
 * response worked: above 0 diffusion, between -1 and 0 displacement smaller than the gain.
 */
function weightedDisplacementQuotient(input: WddInput): number | null {
  const { treated, control, displacement = [0, 0] } = input;
  const success = ratio(treated[1], control[1]) - ratio(treated[0], control[0]);
  const buffer = ratio(displacement[1], control[1]) - ratio(displacement[0], control[0]);
  return definedOrNull(buffer / success);
}

/** TNE = [T0 C1/C0 - T1] + [D0 C1/C0 - D1] (POP Center Tool Guide 10, Appendix B). */
function totalNetEffect(input: WddInput): number | null {
  const { treated, control, displacement = [0, 0] } = input;
  const trend = ratio(control[1], control[0]);
  return definedOrNull(treated[0] * trend - treated[1] + displacement[0] * trend - displacement[1]);
}

function ratio(top: number, bottom: number): number {
  return bottom === 0 ? Number.NaN : top / bottom;
}

function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}

interface HarmComponent extends Omit<WddInput, "alpha"> {
  readonly harm: number;
}

/**
 * Harm-weighted displacement difference (Wheeler & Ratcliffe 2018): the sum of h WDD over kinds of
 * event with harm h each, with variance the sum of h^2 Var(WDD). Negative is less harm.
 */
export function harmWeightedDifference(
  components: readonly HarmComponent[],
  alpha: number,
): Interval {
  let estimate = 0;
  let variance = 0;
  for (const { harm, ...counts } of components) {
    const { wdd, se } = weightedDisplacementDifference({ ...counts, alpha });
    estimate += harm * wdd;
    variance += (harm * se) ** 2;
  }
  return intervalAround(estimate, Math.sqrt(variance), alpha);
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
