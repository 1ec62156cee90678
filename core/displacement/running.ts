import { compareWithControl } from "#core/displacement/compare.ts";
import type { GroupCounts } from "#core/displacement/counts.ts";
import type { AssessmentPeriod } from "#core/displacement/windows.ts";
import { addDays, dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** The period after, cut at the ends of calendar months. */
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
  const slices: MonthSlice[] = [];
  for (let from = after.from; from <= after.to; ) {
    const month = from.slice(0, 7);
    const next = firstOfNext(month);
    const to = next > after.to ? after.to : addDays(next, -1);
    const days = (parseLocalDate(to) - parseLocalDate(after.from)) / dayMs + 1;
    slices.push({ month, to, days, endsAt: zone.startOfDate(addDays(to, 1)) });
    from = next;
  }
  return slices;
}

export interface RunningFigure {
  readonly month: string;
  readonly to: string;
  readonly wdd: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** False while one of the counts is under 10. */
  readonly canTell: boolean;
}

/**
 * From the start to the end of each month, against as many days of the period before: the running
 * The running WDD (Wheeler and Ratcliffe 2018, with a control) with months of their own lengths.
 */
export function runningFigures(
  treated: GroupCounts,
  control: GroupCounts,
  slices: readonly MonthSlice[],
  beforeDays: number,
): RunningFigure[] {
  let treatedAfter = 0;
  let controlAfter = 0;
  return slices.map(({ month, to, days }, index) => {
    treatedAfter += treated.after[index] ?? 0;
    controlAfter += control.after[index] ?? 0;
    const { wdd, low, high, p } = compareWithControl(
      [treated.before, treatedAfter],
      [control.before, controlAfter],
      [beforeDays, days],
    );
    return { month, to, wdd, low, high, canTell: p !== null };
  });
}

function firstOfNext(month: string): string {
  // 31 days after its first day a month is over, and the next one is not.
  return `${addDays(`${month}-01`, 31).slice(0, 7)}-01`;
}
