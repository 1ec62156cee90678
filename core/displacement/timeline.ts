import { nextMonth } from "#core/records/quality/rows.ts";
import { addDays, daysIn, minuteMs, type Zone } from "#core/time/zone.ts";

/** Instants, half-open. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Every instant where some period begins or ends, so that one count serves all periods. */
export interface Timeline {
  /** Epoch milliseconds, ascending. Slice `i` runs from `cuts[i]` up to `cuts[i + 1]`. */
  readonly cuts: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
}

export function timelineOf(spans: readonly Span[]): Timeline {
  const instants = new Set(spans.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]));
  const cuts = [...instants].sort((a, b) => a - b);
  return { cuts, indexOf: new Map(cuts.map((cut, index) => [cut, index])) };
}

/** Reports of one group of cells before each cut of the timeline, from its first cut on. */
export type GroupCounts = Int32Array;

export function countIn(group: GroupCounts, timeline: Timeline, span: Span): number {
  return upTo(group, timeline, span.endsAt) - upTo(group, timeline, span.startsAt);
}

export function addGroups(a: GroupCounts, b: GroupCounts): GroupCounts {
  return a.map((count, at) => count + (b[at] ?? 0));
}

function upTo(group: GroupCounts, { indexOf }: Timeline, instant: number): number {
  const at = indexOf.get(instant);
  if (at === undefined) throw new RangeError(`${instant} is no cut of the timeline`);
  return group[at] ?? 0;
}

/**
 * Slice of an event by the middle of its span, given as twice the middle in epoch minutes so that
 * it is a whole number; -1 outside the timeline.
 */
export function sliceFinder({ cuts }: Timeline): (doubledMinutes: number) => number {
  const doubled = Float64Array.from(cuts, (cut) => (2 * cut) / minuteMs);
  return (at) => {
    let low = 0;
    let high = doubled.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((doubled[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return low === doubled.length ? -1 : low - 1;
  };
}

export interface MonthPart extends Span {
  /** `YYYY-MM` */
  readonly month: string;
  readonly from: string;
  /** Last day, inclusive. */
  readonly to: string;
  readonly days: number;
  readonly isWhole: boolean;
}

/** Both dates included, cut at month ends. */
export function monthParts(zone: Zone, first: string, last: string): MonthPart[] {
  const parts: MonthPart[] = [];
  for (let from = first; from <= last; ) {
    const month = from.slice(0, 7);
    const next = `${nextMonth(month)}-01`;
    const to = next > last ? last : addDays(next, -1);
    parts.push({
      month,
      from,
      to,
      days: daysIn({ from, to }),
      isWhole: from === `${month}-01` && to === addDays(next, -1),
      startsAt: zone.startOfDate(from),
      endsAt: zone.startOfDate(addDays(to, 1)),
    });
    from = next;
  }
  return parts;
}
