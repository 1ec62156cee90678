import { compareWithControl } from "#core/displacement/compare.ts";
import {
  countIn,
  type GroupCounts,
  monthParts,
  type Timeline,
} from "#core/displacement/timeline.ts";
import type { AssessmentPeriod } from "#core/displacement/windows.ts";
import type { RunningFigure, Verdict, Widening } from "#core/displacement/wire/displacement.ts";
import type { Zone } from "#core/time/zone.ts";

/** The period after, cut at month ends. */
export interface MonthSlice {
  /** `YYYY-MM` */
  readonly month: string;
  /** Last day, inclusive. */
  readonly to: string;
  /** Days from the start to that day. */
  readonly days: number;
  /** Instant after the last day. */
  readonly endsAt: number;
}

export function monthSlices(zone: Zone, after: AssessmentPeriod): MonthSlice[] {
  let elapsed = 0;
  return monthParts(zone, after.from, after.to).map(({ month, to, days, endsAt }) => {
    elapsed += days;
    return { month, to, days: elapsed, endsAt };
  });
}

interface RunningInput {
  readonly treated: GroupCounts;
  readonly control: GroupCounts;
  readonly timeline: Timeline;
  readonly before: AssessmentPeriod;
  readonly after: AssessmentPeriod;
  readonly slices: readonly MonthSlice[];
  readonly widening: Widening;
}

/**
 * From the start to the end of each month, against as many days of the period before: the running
 * WDD (Wheeler and Ratcliffe 2018, with a control) with months of their own lengths.
 */
export function runningFigures(input: RunningInput): RunningFigure[] {
  const { treated, control, timeline, before, after, slices } = input;
  const pair = (group: GroupCounts, endsAt: number) =>
    [
      countIn(group, timeline, before),
      countIn(group, timeline, { startsAt: after.startsAt, endsAt }),
    ] as const;
  return slices.map(({ month, to, endsAt }) => {
    const { wdd, low, high, p } = compareWithControl(
      pair(treated, endsAt),
      pair(control, endsAt),
      input.widening,
    );
    return { month, to, wdd, low, high, canTell: p !== null };
  });
}

/**
 * First month from which the running band stays on the answer's side of zero; null without a rise
 * or a fall. A sum shows a change later than it began, so this is the month by which it shows, not
 * a separate test.
 */
export function firstMonthOfChange(
  running: readonly RunningFigure[],
  verdict: Verdict,
): string | null {
  if (verdict !== "rise" && verdict !== "fall") return null;
  const isAway = ({ low, high, canTell }: RunningFigure) =>
    canTell && (verdict === "rise" ? (low ?? 0) > 0 : (high ?? 0) < 0);
  const lastInside = running.findLastIndex((figure) => !isAway(figure));
  return running[lastInside + 1]?.month ?? null;
}
