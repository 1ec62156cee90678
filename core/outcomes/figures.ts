import { type BreakdownName, type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import { isPublic, type PublicTally, publicName } from "#core/outcomes/public-tallies.ts";
import {
  isSamePeriod,
  type Period,
  type TypedTally,
  typedFor,
} from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";

/** Events of one kind on one London day. */
export interface DayCount {
  readonly kind: "arrest" | "stop_search" | "reported";
  readonly day: string;
  readonly count: number;
}

export interface FigureKey {
  readonly measure: MeasureName;
  readonly breakdown?: BreakdownName;
  readonly part?: string;
}

/** One figure of one period, and what is to be said of it where there is none. */
export interface Figure {
  readonly count: number | null;
  readonly source: "counted" | "typed";
  readonly why: "shown" | "not_typed" | "not_recorded" | "withheld";
  readonly typedBeside: number | null;
}

/** Where the figures of a screen come from: all of them go through one of the two. */
export type FigureSource = (key: FigureKey, period: Period) => Figure;

export interface Typed {
  readonly tallies: readonly TypedTally[];
  readonly days: readonly DayCount[];
}

/** Exact figures, for those who may see them. */
export function exactFigures({ tallies, days }: Typed): FigureSource {
  const firstOf = firstDays(days);
  return ({ measure, breakdown = null, part = null }, period) => {
    const typed = typedFor(tallies, { measure, breakdown, part }, period);
    const kind = breakdown === null ? measureOf(measure).event : undefined;
    if (kind === undefined) {
      const why = typed === null ? "not_typed" : "shown";
      return { count: typed, source: "typed", why, typedBeside: null };
    }
    const first = firstOf.get(kind);
    // Before the first record nothing is known, which is not the same as none.
    if (first === undefined || period.from < first.slice(0, 7)) {
      const why = typed === null ? "not_recorded" : "shown";
      return { count: typed, source: "typed", why, typedBeside: null };
    }
    const count = countDays(days, kind, period);
    return { count, source: "counted", why: "shown", typedBeside: typed === count ? null : typed };
  };
}

/** Figures as they may leave (core/outcomes/public-tallies.ts), for presenters, files and paper. */
export function sharedFigures(shown: readonly PublicTally[]): FigureSource {
  return ({ measure, breakdown = null, part = null }, period) => {
    const name = publicName({ measure, breakdown, part });
    const found = shown.find((figure) => figure.measure === name && isSamePeriod(figure, period));
    const source = measureOf(measure).event === undefined ? "typed" : "counted";
    if (!found) return { count: null, source, why: "not_typed", typedBeside: null };
    const why = found.count === null ? "withheld" : "shown";
    return { count: found.count, source, why, typedBeside: null };
  };
}

/**
 * Typed totals with what was counted from events in their place, for exactly the periods that a total which may
 * leave was typed for; both in the order of typing.
 */
export function withCounted({ tallies, days }: Typed): TypedTally[] {
  const exact = exactFigures({ tallies, days });
  const periods = tallies.filter((tally) => tally.breakdown === null && isPublic(tally));
  const counted = distinctPeriods(periods).flatMap((period) =>
    (["arrests", "stop_searches"] as const).flatMap((measure): TypedTally[] => {
      const { count } = exact({ measure }, period);
      return count === null
        ? []
        : [{ measure, breakdown: null, part: null, ...period, value: count }];
    }),
  );
  return [...tallies.filter(({ measure }) => measureOf(measure).event === undefined), ...counted];
}

/** Periods for which something was typed, the latest and then the longest first. */
export function typedPeriods(tallies: readonly Period[]): Period[] {
  return distinctPeriods(tallies).sort((a, b) => {
    if (a.to !== b.to) return a.to < b.to ? 1 : -1;
    return a.from < b.from ? -1 : 1;
  });
}

function distinctPeriods(tallies: readonly Period[]): Period[] {
  return [...new Map(tallies.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()];
}

export function countDays(
  days: readonly DayCount[],
  kind: DayCount["kind"],
  { from, to }: Period,
): number {
  return days.reduce(
    (sum, each) =>
      each.kind === kind && each.day >= from && each.day <= to ? sum + each.count : sum,
    0,
  );
}

/** The period of equal length right before, and the same dates a year ago. */
export function comparedPeriods({ from, to }: Period): {
  readonly before: Period;
  readonly yearAgo: Period;
} {
  const length = lengthInDays({ from, to });
  return {
    before: { from: addDays(from, -length), to: addDays(from, -1) },
    yearAgo: { from: yearBefore(from), to: yearBefore(to) },
  };
}

export function lengthInDays({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000) + 1;
}

/** 29 February has 28 February a year before. */
function yearBefore(date: string): string {
  const day = date.endsWith("-02-29") ? "-02-28" : date.slice(4);
  return `${Number(date.slice(0, 4)) - 1}${day}`;
}

function firstDays(days: readonly DayCount[]): Map<DayCount["kind"], string> {
  const first = new Map<DayCount["kind"], string>();
  for (const { kind, day } of days) {
    const known = first.get(kind);
    if (known === undefined || day < known) first.set(kind, day);
  }
  return first;
}
