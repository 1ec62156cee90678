import type { Verdict } from "#core/displacement/verdict.ts";
import { controlDayIndexes } from "#core/patrols/control-days.ts";
import { createRandom, type Random } from "#core/random.ts";
import { normalQuantile } from "#core/stats/normal.ts";

/** A drawn week: what was reported on each of its days at each place that the draw took. */
export interface ControlWeek {
  readonly daysPerPlace: number;
  readonly places: readonly {
    /** 0 the Monday to 6 the Sunday. */
    readonly controlDays: readonly number[];
    /** Seven counts of reports, Monday first. */
    readonly reports: readonly number[];
  }[];
}

/** Days of one place each, and what was reported on them. */
export interface PlaceDays {
  readonly days: number;
  readonly reports: number;
}

export interface ControlDayEffect {
  readonly control: PlaceDays;
  readonly other: PlaceDays;
  /** Reports per place and day on the other days, over those on control days; null where undefined. */
  readonly ratio: number | null;
  /** Its interval at 95%; null where `ratio` is. */
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, by drawing anew; null where too little was reported. */
  readonly p: number | null;
  /** Of the days on which patrols were possible, against the control days. */
  readonly verdict: Verdict;
}

const usualRedraws = 9_999;
const alpha = 0.05;
/** As in an assessment: fewer on either side cannot tell. */
const least = 10;

/**
 * What being left without a patrol did to the reports of a place and day, judged by the draw itself: the days
 * are drawn anew `redraws` times, by the very rule by which they were drawn, and p is the share of draws
 * (with the one there was) in which as much lies between what fell on control days and what was to be expected
 * (Fisher 1935, The Design of Experiments, 21; Phipson & Smyth 2010, eq. 2). It needs no model of reports: days
 * of a place that are alike or not, weekdays and busy weeks are in every draw. The interval is that of a ratio of
 * two counts on the log scale, its variance multiplied by how much more the draws scatter than single reports would.
 * All days that were not drawn count as days with a patrol, whether one came or not.
 */
export function controlDayEffect(
  weeks: readonly ControlWeek[],
  seed: number,
  redraws = usualRedraws,
): ControlDayEffect {
  const { control, other } = placeDaysOf(weeks);
  const few = control.reports < least || other.reports < least;
  const empty = control.reports === 0 || other.reports === 0;
  const ratio = empty
    ? null
    : other.reports / other.days / (control.reports / Math.max(1, control.days));
  const { p, scatter } = drawAnew(weeks, control.reports, { seed, redraws });
  if (ratio === null || few) {
    return { control, other, ratio: null, low: null, high: null, p: null, verdict: "cannot_tell" };
  }
  const se = Math.sqrt(Math.max(1, scatter) * (1 / control.reports + 1 / other.reports));
  const reach = Math.exp(normalQuantile(1 - alpha / 2) * se);
  const verdict = p > alpha ? "no_clear_change" : ratio < 1 ? "fall" : "rise";
  return { control, other, ratio, low: ratio / reach, high: ratio * reach, p, verdict };
}

/** Days of one place each that were left out, and all others of the drawn places. */
export function placeDaysOf(weeks: readonly ControlWeek[]): {
  readonly control: PlaceDays;
  readonly other: PlaceDays;
} {
  const control = { days: 0, reports: 0 };
  const other = { days: 0, reports: 0 };
  for (const { controlDays, reports } of weeks.flatMap((week) => week.places)) {
    reports.forEach((count, day) => {
      const side = controlDays.includes(day) ? control : other;
      side.days += 1;
      side.reports += count;
    });
  }
  return { control, other };
}

/** p, and the variance of the draws over that of single reports that fall on days by chance. */
function drawAnew(
  weeks: readonly ControlWeek[],
  seen: number,
  { seed, redraws }: { readonly seed: number; readonly redraws: number },
) {
  const random = createRandom(seed);
  const packed = weeks.map(packedWeek);
  let expected = 0;
  let single = 0;
  for (const { daysPerPlace, reports } of packed) {
    const share = daysPerPlace / 7;
    const total = reports.reduce((sum, count) => sum + count, 0);
    expected += share * total;
    single += share * (1 - share) * total;
  }
  // Counts are whole and shares are sevenths: what is as far away is so but for rounding.
  const distance = Math.abs(seen - expected) - 1e-9;
  let asFar = 1;
  let squares = 0;
  for (let draw = 0; draw < redraws; draw += 1) {
    let drawn = 0;
    for (const week of packed) drawn += drawnReports(week, random);
    const away = drawn - expected;
    if (Math.abs(away) >= distance) asFar += 1;
    squares += away * away;
  }
  return { p: asFar / (redraws + 1), scatter: single === 0 ? 1 : squares / redraws / single };
}

interface PackedWeek {
  readonly daysPerPlace: number;
  /** Seven a place. */
  readonly reports: Uint32Array;
  readonly order: number[];
  readonly days: number[];
  /** Where the days of the place lie that comes first, second ... in a draw. */
  readonly indexes: readonly (readonly number[])[];
}

function packedWeek({ daysPerPlace, places }: ControlWeek): PackedWeek {
  return {
    daysPerPlace,
    reports: Uint32Array.from(places.flatMap(({ reports }) => reports)),
    order: places.map((_, index) => index),
    days: [0, 1, 2, 3, 4, 5, 6],
    indexes: places.map((_, index) => controlDayIndexes(index, daysPerPlace)),
  };
}

/** One draw of a week; `order` and `days` are left as they were drawn. */
function drawnReports({ reports, order, days, indexes }: PackedWeek, random: Random): number {
  random.shuffle(order);
  random.shuffle(days);
  let sum = 0;
  for (let index = 0; index < order.length; index += 1) {
    const place = (order[index] ?? 0) * 7;
    for (const at of indexes[index] ?? []) sum += reports[place + (days[at] ?? 0)] ?? 0;
  }
  return sum;
}
