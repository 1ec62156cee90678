import { assessmentAlpha } from "#core/displacement/compare.ts";
import type { MonthPart } from "#core/displacement/months.ts";
import { countIn, type GroupCounts, type Timeline } from "#core/displacement/timeline.ts";
import { normalQuantile } from "#core/stats/normal.ts";

/** One month, or part of one where the start or the end of what is known cuts it. */
export interface MonthFigure {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly isAfter: boolean;
  readonly treated: number;
  /** As counted. */
  readonly control: number;
  /**
   * The control at its scale: what the treated count would be if it went the same way; null in a month in
   * which the control has none.
   */
  readonly expected: number | null;
  /** Where the treated count of such a month would lie 95 times in a hundred. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Both series by month. The band is that of D_t = T_t - k C_t without any effect, with variance
 * phi (k + k^2) C_t as in the check of the control; the scale k is taken as known.
 */
export function monthFigures(input: {
  readonly treated: GroupCounts;
  readonly control: GroupCounts;
  readonly timeline: Timeline;
  readonly months: readonly MonthPart[];
  /** Instant of the start. */
  readonly startsAt: number;
  readonly controlScale: number | null;
  readonly dispersion: number;
}): MonthFigure[] {
  const { timeline, controlScale: scale, dispersion } = input;
  return input.months.map((part) => {
    const { month, from, to, days } = part;
    const treated = countIn(input.treated, timeline, part);
    const control = countIn(input.control, timeline, part);
    const isAfter = part.startsAt >= input.startsAt;
    const figure = { month, from, to, days, isAfter, treated, control };
    // Without a report in the control there is no band: nought has no scatter that could be reckoned.
    if (scale === null || control === 0) {
      return { ...figure, expected: null, low: null, high: null };
    }
    const expected = scale * control;
    const reach = z * Math.sqrt(dispersion * (scale + scale ** 2) * control);
    return { ...figure, expected, low: Math.max(0, expected - reach), high: expected + reach };
  });
}

const z = normalQuantile(1 - assessmentAlpha / 2);
