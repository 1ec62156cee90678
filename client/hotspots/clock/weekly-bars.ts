import { type DateRange, earlier, later, shiftRange } from "#client/hotspots/measures/presets.ts";
import type { DailyHistogram } from "#core/hotspots/histogram.ts";
import { addDays, dayMs, daysBetween, formatLocalDate } from "#core/time/zone.ts";

export interface WeekBar {
  readonly monday: string;
  readonly count: number;
}

export function weeklyBars(daily: DailyHistogram, within: DateRange): readonly WeekBar[] {
  const first = mondayOf(within.from);
  const weeks = Math.floor(daysBetween(first, within.to) / 7) + 1;
  const counts = new Array<number>(weeks).fill(0);
  daily.counts.forEach((count, index) => {
    const date = formatLocalDate((daily.firstDay + index) * dayMs);
    const week = Math.floor(daysBetween(first, date) / 7);
    if (week >= 0 && week < weeks) counts[week] = (counts[week] ?? 0) + count;
  });
  return counts.map((count, week) => ({ monday: addDays(first, 7 * week), count }));
}

export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(date, -weekday);
}

/** At or above the highest bar; the axis stays fixed. */
export function niceCeiling(largest: number): number {
  if (largest <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= largest) ?? 10;
  return step * power;
}

/** The first days of months, thinned so that labels do not touch. */
export function monthTicks(within: DateRange, mostLabels: number): readonly string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = within.from.split("-").map(Number);
  for (;;) {
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
    const date = `${year}-${String(month).padStart(2, "0")}-01`;
    if (date > within.to) break;
    months.push(date);
  }
  const every = [1, 2, 3, 6, 12].find((each) => months.length / each <= mostLabels) ?? 12;
  return months.filter((date) => (Number(date.slice(5, 7)) - 1) % every === 0);
}

export type BrushPart = "start" | "end" | "window" | "outside";

export interface BrushDrag {
  readonly part: BrushPart;
  /** The range and the day under the pointer when the drag began. */
  readonly range: DateRange;
  readonly day: string;
}

/** Edges snap to whole weeks, Monday to Sunday. */
export function dragBrush(drag: BrushDrag, day: string, within: DateRange): DateRange {
  switch (drag.part) {
    case "window": {
      const weeks = Math.round(daysBetween(drag.day, day) / 7);
      return shiftRange(drag.range, 7 * weeks, within);
    }
    case "start":
      return orderedWeeks(day, drag.range.to, within);
    case "end":
      return orderedWeeks(drag.range.from, day, within);
    case "outside":
      return orderedWeeks(drag.day, day, within);
  }
}

/** Edge or window by one week; null for other keys. */
export function keyBrush(
  part: BrushPart,
  range: DateRange,
  key: string,
  within: DateRange,
): DateRange | null {
  const days = keyDays[key];
  if (days === undefined) return null;
  if (part === "start") {
    const from = later(addDays(range.from, days), within.from);
    return { from: earlier(from, range.to), to: range.to };
  }
  if (part === "end") {
    const to = earlier(addDays(range.to, days), within.to);
    return { from: range.from, to: later(to, range.from) };
  }
  return shiftRange(range, days, within);
}

function orderedWeeks(one: string, other: string, within: DateRange): DateRange {
  const [first, last] = one <= other ? [one, other] : [other, one];
  return {
    from: later(mondayOf(first), within.from),
    to: earlier(addDays(mondayOf(last), 6), within.to),
  };
}

const keyDays: Readonly<Record<string, number>> = {
  ArrowLeft: -7,
  ArrowDown: -7,
  ArrowRight: 7,
  ArrowUp: 7,
  PageDown: -28,
  PageUp: 28,
  Home: -100_000,
  End: 100_000,
};
