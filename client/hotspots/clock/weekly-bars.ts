import { type DateRange, daysBetween } from "#client/hotspots/presets.ts";
import type { DailyHistogram } from "#core/hotspots/histogram.ts";
import { addDays, dayMs, formatLocalDate } from "#core/time/zone.ts";

export interface WeekBar {
  /** The Monday. */
  readonly monday: string;
  readonly count: number;
}

/** Days summed into weeks from Monday, over the whole range that the brush may reach. */
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

/** A round number at or above the highest bar: the axis ends there and stays there. */
export function niceCeiling(largest: number): number {
  if (largest <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= largest) ?? 10;
  return step * power;
}

export interface MonthTick {
  readonly date: string;
  readonly label: string;
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
