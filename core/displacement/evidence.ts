import { assessmentAlpha } from "#core/displacement/compare.ts";
import type { EdgePlace, Frame } from "#core/displacement/rows.ts";
import {
  countIn,
  type GroupCounts,
  type MonthPart,
  type Span,
} from "#core/displacement/timeline.ts";
import { createWidening } from "#core/displacement/widening.ts";
import { type AssessmentPeriod, periodOf } from "#core/displacement/windows.ts";
import type { RiseEvidence } from "#core/displacement/wire/displacement.ts";
import { riseEvidence } from "#core/stats/e-process.ts";
import { addDays, type Zone } from "#core/time/zone.ts";

/** A whole week after the start, on whose last day somebody may look. */
export interface Look extends Span {
  readonly to: string;
}

/** Months of what places do by themselves, and of what an edge is compared with: a season of each. */
const mostMonths = 12;
const fewestMonths = 3;

export function weeklyLooks(zone: Zone, after: AssessmentPeriod): Look[] {
  return Array.from({ length: Math.floor(after.days / 7) }, (_, week) => {
    const to = addDays(after.from, 7 * week + 6);
    const { startsAt, endsAt } = periodOf(zone, addDays(to, -6), to);
    return { startsAt, endsAt, to };
  });
}

/**
 * For each edge how far the evidence of a rise has come, by weekly looks from the start (DEFINITIONS, Evidence of a rise).
 * All that it is set against is from before the start, so it is the same at every look: counts of the last months,
 * their scatter, and how far places drift from the months before those. Null where too few months are known.
 */
export function edgeEvidence(
  places: readonly EdgePlace[],
  frame: Frame,
  looks: readonly Look[],
): (RiseEvidence | null)[] {
  const { counts, wholeMonths } = frame;
  const { control, timeline } = counts;
  const within = (group: GroupCounts, span: Span) => countIn(group, timeline, span);
  const half = Math.min(mostMonths, wholeMonths.length >> 1);
  const [earlier, months] = [wholeMonths.slice(-2 * half, -half), wholeMonths.slice(-half)];
  if (half < fewestMonths) return places.map(() => null);
  const widen = createWidening({
    counts,
    wholeMonths,
    windows: { before: spanOf(earlier), after: spanOf(months) },
  });
  const befores = places.map((place) => {
    const known = monthsOfBothSides(place, months, within);
    const isComparable = known.length >= fewestMonths && within(control, spanOf(known)) > 0;
    return isComparable && !place.isNowhere ? spanOf(known) : null;
  });
  const limit = Math.log(befores.filter(Boolean).length / assessmentAlpha);
  return places.map((place, index) => {
    const before = befores[index];
    if (!before) return null;
    const { dispersion, placebo } = widen(place.group, place.edge);
    const logs = riseEvidence({
      before: { treated: within(place.group, before), control: within(control, before) },
      looks: looks.map((look) => [within(place.group, look), within(control, look)]),
      dispersion: dispersion ?? 1,
      spread: placebo?.spread ?? 0,
    });
    const moved = logs.findIndex((log) => log >= limit);
    return {
      weeks: looks.length,
      share: Math.min(1, Math.max(0, ...logs) / limit),
      movedOn: looks[moved]?.to ?? null,
    };
  });
}

/**
 * Records of the far side may begin within these months: from there on it would look like a rise. Only months
 * after the first in which anything came from there.
 */
function monthsOfBothSides(
  { oneSided, outer }: EdgePlace,
  months: readonly MonthPart[],
  within: (group: GroupCounts, span: Span) => number,
): readonly MonthPart[] {
  if (oneSided !== null) return months;
  const first = months.findIndex((month) => within(outer, month) > 0);
  return first < 0 ? [] : months.slice(first + 1);
}

function spanOf(months: readonly MonthPart[]): Span {
  return {
    startsAt: months[0]?.startsAt ?? Number.NaN,
    endsAt: months.at(-1)?.endsAt ?? Number.NaN,
  };
}
