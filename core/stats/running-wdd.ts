import { type Interval, intervalAround } from "#core/stats/interval.ts";

/** Counts of equal periods, oldest first; treated and control are of the same length. */
export interface PeriodCounts {
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
