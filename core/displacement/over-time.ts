import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import type { OperationPhase } from "#core/displacement/operation.ts";
import { rowSentence } from "#core/displacement/sentence.ts";
import {
  countIn,
  type GroupCounts,
  monthParts,
  type Span,
  type Timeline,
} from "#core/displacement/timeline.ts";
import type { AssessmentPeriod, AssessmentWindows } from "#core/displacement/windows.ts";
import type {
  PhaseRow,
  RunningFigure,
  Verdict,
  Widening,
} from "#core/displacement/wire/displacement.ts";
import { addDays, dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

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

export interface PhaseWindow extends Span {
  readonly name: string;
  readonly from: string;
  /** Last day, inclusive. */
  readonly to: string;
  /** 0 where nothing is known of the phase: not begun, or outside the period after. */
  readonly days: number;
}

export function phaseWindows(
  zone: Zone,
  phases: readonly OperationPhase[],
  after: AssessmentPeriod,
): PhaseWindow[] {
  return phases.map(({ name, startsOn, endsOn }) => {
    const from = startsOn < after.from ? after.from : startsOn;
    const to = endsOn === null || endsOn > after.to ? after.to : endsOn;
    if (from > to) {
      const at = after.startsAt;
      return { name, from: startsOn, to: endsOn ?? startsOn, days: 0, startsAt: at, endsAt: at };
    }
    return {
      name,
      from,
      to,
      days: Math.round((parseLocalDate(to) - parseLocalDate(from)) / dayMs) + 1,
      startsAt: zone.startOfDate(from),
      endsAt: zone.startOfDate(addDays(to, 1)),
    };
  });
}

/**
 * Each phase against the same period before, scaled to the phase's length; all are tested together
 * (Holm).
 */
export function phaseRows(
  phases: readonly PhaseWindow[],
  group: GroupCounts,
  given: {
    readonly control: GroupCounts;
    readonly timeline: Timeline;
    readonly windows: AssessmentWindows;
    readonly widening: Widening;
  },
): PhaseRow[] {
  const { control, timeline, windows } = given;
  const { before, after } = windows;
  const pair = (counts: GroupCounts, phase: PhaseWindow) =>
    [countIn(counts, timeline, before), countIn(counts, timeline, phase)] as const;
  const comparisons = phases.map((phase) =>
    compareWithControl(pair(group, phase), pair(control, phase), given.widening),
  );
  const verdicts = verdictsOf(comparisons);
  const asked = comparisons.filter(({ p }) => p !== null).length;
  return comparisons.map((comparison, index) => {
    const phase = phases[index] as PhaseWindow;
    const verdict = verdicts[index] ?? "cannot_tell";
    const sentence = rowSentence({
      where: `In phase "${phase.name}", treated area and rings together`,
      comparison,
      verdict,
      asked,
      askedOf: "phases",
      oneSided: null,
      unknown: phase.days > 0 ? null : whyNoDay(phase, after),
    });
    const { name, from, to, days } = phase;
    return { ...comparison, name, from, to, days, verdict, sentence };
  });
}

function whyNoDay(phase: PhaseWindow, after: AssessmentPeriod): string {
  return phase.from > after.to
    ? "there are no records yet for its time"
    : "it is outside the period after the start";
}
