import { type Range, rangeOfShown, tenFiveRule } from "#core/disclosure/rule.ts";
import { type BreakdownName, type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import { coverageOf, type DayCount, recordedDays } from "#core/outcomes/periods.ts";
import { isPublic, type PublicTally, publicName } from "#core/outcomes/public-tallies.ts";
import {
  isInForce,
  isSamePeriod,
  type Period,
  type StandingTally,
  typedFor,
} from "#core/outcomes/typed-tally.ts";
import type { ShareReply } from "#core/outcomes/wire/outcomes.ts";
import { wilsonInterval } from "#core/stats/interval.ts";

interface FigureKey {
  readonly measure: MeasureName;
  readonly breakdown?: BreakdownName;
  readonly part?: string;
}

export interface Figure {
  readonly count: number | null;
  /** Either: from a release, which does not say which. */
  readonly source: "counted" | "typed" | "either";
  readonly why: "shown" | "not_typed" | "not_recorded_yet" | "not_recorded_late" | "withheld";
  readonly typedBeside: number | null;
}

/** Every figure on a screen goes through one of two sources. */
export type FigureSource = (key: FigureKey, period: Period) => Figure;

interface Typed {
  readonly tallies: readonly StandingTally[];
  readonly days: readonly DayCount[];
}

export function exactFigures({ tallies, days }: Typed): FigureSource {
  const recorded = recordedDays(days);
  return ({ measure, breakdown = null, part = null }, period) => {
    const typed = typedFor(tallies, { measure, breakdown, part }, period);
    const kind = breakdown === null ? measureOf(measure).event : undefined;
    if (kind === undefined) return typedFigure(typed, "not_typed");
    const coverage = coverageOf(recorded.get(kind), period);
    if (coverage !== "whole") {
      return typedFigure(typed, coverage === "not_yet" ? "not_recorded_yet" : "not_recorded_late");
    }
    const count = days.reduce(
      (sum, each) =>
        each.kind === kind && each.day >= period.from && each.day <= period.to
          ? sum + each.count
          : sum,
      0,
    );
    return { count, source: "counted", why: "shown", typedBeside: typed === count ? null : typed };
  };
}

function typedFigure(count: number | null, missing: Figure["why"]): Figure {
  return { count, source: "typed", why: count === null ? missing : "shown", typedBeside: null };
}

/** Counts that a figure can stand for: one if exact, else all that round to it. */
export function figureRange(count: number, isExact: boolean): Range {
  return isExact ? { low: count, high: count } : rangeOfShown(count, tenFiveRule);
}

interface Shared extends Typed {
  /** By `publicTallies`. */
  readonly shown: readonly PublicTally[];
  readonly earlier: readonly PublicTally[];
}

/** Figures cleared to leave (core/outcomes/public-tallies.ts): presenters, files, paper. */
export function sharedFigures({ shown, earlier, ...typed }: Shared): FigureSource {
  const exact = exactFigures(typed);
  return (key, period) => {
    const { measure, breakdown = null, part = null } = key;
    const name = publicName({ measure, breakdown, part });
    const isNamed = (figure: PublicTally) =>
      figure.measure === name && isSamePeriod(figure, period);
    const found = shown.find(isNamed);
    const isSaid = measureOf(measure).event !== undefined && earlier.some(isNamed);
    const source = isSaid ? "either" : exact(key, period).source;
    if (!found) return { count: null, source, why: "not_typed", typedBeside: null };
    const why = found.count === null ? "withheld" : "shown";
    return { count: found.count, source, why, typedBeside: null };
  };
}

/**
 * Typed totals, replaced by counts from events for exactly the periods of a shareable total; both
 * in order of typing. A period keeps its place even where nothing is known of it, yet or any more
 * (all its typed totals were withdrawn).
 */
export function withCounted({ tallies, days }: Typed): StandingTally[] {
  const exact = exactFigures({ tallies, days });
  const wholes = tallies.filter((tally) => tally.breakdown === null && isPublic(tally));
  const counted = distinctPeriods(wholes).flatMap((period) => {
    const stands = wholes.some((tally) => isInForce(tally) && isSamePeriod(tally, period));
    return (["arrests", "stop_searches"] as const).map(
      (measure): StandingTally => ({
        measure,
        breakdown: null,
        part: null,
        ...period,
        value: stands ? exact({ measure }, period).count : null,
      }),
    );
  });
  return [...tallies.filter(({ measure }) => measureOf(measure).event === undefined), ...counted];
}

/** Periods with typed totals, the latest and then the longest first. */
export function typedPeriods(tallies: readonly Period[]): Period[] {
  return distinctPeriods(tallies).sort((a, b) => {
    if (a.to !== b.to) return a.to < b.to ? 1 : -1;
    return a.from < b.from ? -1 : 1;
  });
}

function distinctPeriods(tallies: readonly Period[]): Period[] {
  return [...new Map(tallies.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()];
}

type Count = Figure["count"];

/**
 * A part's share of its whole, 0 to 1. Exact counts give one number; rounded ones the range of the
 * underlying counts, since their quotient is no estimate of the share. Derived from shown figures,
 * so it reveals no more.
 */
export function shareOfWhole(part: Count, whole: Count, isExact: boolean): ShareReply | null {
  if (part === null || whole === null || whole === 0) return null;
  const [some, all] = [figureRange(part, isExact), figureRange(whole, isExact)];
  return { low: Math.min(1, some.low / all.high), high: Math.min(1, some.high / all.low) };
}

/** Share of one of two parts, with the widest Wilson interval of all counts behind it. */
export function shareOfBoth(
  part: Count,
  other: Count,
  { isExact, alpha }: { readonly isExact: boolean; readonly alpha: number },
): { readonly share: ShareReply; readonly interval: ShareReply } | null {
  if (part === null || other === null || part + other === 0) return null;
  const [some, rest] = [figureRange(part, isExact), figureRange(other, isExact)];
  const least = wilsonInterval(some.low, some.low + rest.high, alpha);
  const most = wilsonInterval(some.high, some.high + rest.low, alpha);
  return {
    share: { low: some.low / (some.low + rest.high), high: some.high / (some.high + rest.low) },
    interval: { low: least?.low ?? 0, high: most?.high ?? 1 },
  };
}
