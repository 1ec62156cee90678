import type { ControlDaysReply } from "#core/displacement/wire/control-days.ts";
import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import { type ControlDay, controlDayIndexes } from "#core/patrols/control-days.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { normalQuantile } from "#core/stats/normal.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import {
  addDays,
  dayMs,
  formatLocalDate,
  minuteMs,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";

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

/** The same with its days and its places, which are zones. */
export interface DatedWeek extends ControlWeek {
  readonly dates: readonly string[];
  readonly zones: readonly H3Cell[];
}

type ControlDayEffect = Omit<ControlDaysReply, "weeks" | "sentence" | "dose">;
/** Days of one place each, and what was reported on them. */
type PlaceDays = ControlDayEffect["control"];

const usualRedraws = 9_999;
const alpha = 0.05;
/** As in an assessment: fewer on either side cannot tell. */
export const leastCompared = 10;

/**
 * What being left without a patrol did to the reports of a place and day, judged by the draw itself: the days
 * are drawn again `redraws` times, by the very rule by which they were drawn, and p is the share of draws
 * (with the one there was) in which as much lies between what fell on comparison days and what was to be expected
 * (Fisher 1935, The Design of Experiments, 21; Phipson & Smyth 2010, eq. 2). It needs no model of reports: days
 * of a place that are alike or not, weekdays and busy weeks are in every draw. The ratio is that of
 * Mantel and Haenszel over weeks, which may have different numbers of comparison days a place; the interval is the one of
 * Greenland and Robins (1985, Biometrics 41) on the log scale, its variance multiplied by how much more the draws scatter
 * than single reports would.
 * All days that were not drawn count as days with a patrol, whether one came or not.
 */
export function controlDayEffect(
  weeks: readonly ControlWeek[],
  seed: number,
  redraws = usualRedraws,
): ControlDayEffect {
  const { control, other } = placeDaysOf(weeks);
  const few = control.reports < leastCompared || other.reports < leastCompared;
  const { p, scatter } = drawAnew(weeks, control.reports, { seed, redraws });
  if (few) {
    return { control, other, ratio: null, low: null, high: null, p: null, verdict: "cannot_tell" };
  }
  const { ratio, variance } = pooledRatio(weeks);
  const se = Math.sqrt(Math.max(1, scatter) * variance);
  const reach = Math.exp(normalQuantile(1 - alpha / 2) * se);
  const verdict = p > alpha ? "no_clear_change" : ratio < 1 ? "fall" : "rise";
  return { control, other, ratio, low: ratio / reach, high: ratio * reach, p, verdict };
}

/** What reports weigh in a week: the other side's share of its days, so that both sides expect the same of it. */
export function sideWeights(daysPerPlace: number): {
  readonly control: number;
  readonly other: number;
} {
  return { control: (7 - daysPerPlace) / 7, other: daysPerPlace / 7 };
}

/** Of reports on other days over those on comparison days, with the variance of its logarithm. */
function pooledRatio(weeks: readonly ControlWeek[]) {
  let [above, below, spread] = [0, 0, 0];
  for (const week of weeks) {
    const { control, other } = placeDaysOf([week]);
    const weights = sideWeights(week.daysPerPlace);
    above += other.reports * weights.other;
    below += control.reports * weights.control;
    spread += (control.reports + other.reports) * weights.control * weights.other;
  }
  return { ratio: above / below, variance: spread / (above * below) };
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

/** How much more draws scatter than single reports that fall on days by chance. */
export function drawScatter(
  weeks: readonly ControlWeek[],
  seed: number,
  redraws = usualRedraws,
): number {
  return drawAnew(weeks, 0, { seed, redraws }).scatter;
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

/** What comparison days tell of patrols, in plain words, the interval before the best estimate. */
export function controlDaySentence({ control, other, ...effect }: ControlDayEffect): string {
  if (control.days === 0) {
    return "No week with comparison days has finished, so there is nothing to compare.";
  }
  const { ratio, low, high, verdict } = effect;
  if (ratio === null || low === null || high === null) {
    return `Not enough reports to tell: ${reports(control.reports)} on comparison days and ${reports(other.reports)} on other days.`;
  }
  const found = `${percentOff(low)} to ${percentOff(high)} reports per place and day with patrols than on comparison days (best estimate ${percentOff(ratio)})`;
  if (verdict === "fall") return `${found}: significantly fewer with patrols.`;
  if (verdict === "rise") return `${found}: significantly more with patrols.`;
  return `${found}: no significant difference.`;
}

function reports(count: number): string {
  return formatQuantity(count, "report");
}

/** 0.84 is "16% fewer", 1.2 "20% more". */
export function percentOff(ratio: number): string {
  const percent = Math.round((ratio - 1) * 100);
  return percent < 0 ? `${-percent}% fewer` : `${percent}% more`;
}

/**
 * Reports by place and local day of drawn weeks, counted at the middle of their span (DEFINITIONS, Events); days
 * that a draw left out are marked. A span of more than 24 hours tells no day and is left out.
 */
export function controlWeeks(given: {
  readonly draws: readonly { readonly week: string; readonly daysPerPlace: number }[];
  readonly days: readonly ControlDay[];
  /** Reports that ask for a patrol, of these weeks. */
  readonly reports: EventColumns;
  readonly zone: Zone;
}): DatedWeek[] {
  const counted = countByDay(given.reports, given.zone);
  return given.draws.map(({ week, daysPerPlace }) => {
    const dates = Array.from({ length: 7 }, (_, day) => addDays(week, day));
    const own = given.days.filter(({ day }) => dates.includes(day));
    const zones = [...new Set(own.map((one) => one.zone))];
    return {
      daysPerPlace,
      dates,
      zones,
      places: zones.map((zone) => ({
        controlDays: own
          .filter((one) => one.zone === zone)
          .map(({ day }) => (parseLocalDate(day) - parseLocalDate(week)) / dayMs),
        reports: dates.map((date) => counted.get(`${zone} ${date}`) ?? 0),
      })),
    };
  });
}

function countByDay(reports: EventColumns, zone: Zone): ReadonlyMap<string, number> {
  const zoneOf = reports.cells.map((cell): H3Cell => parentCell(cell, zoneResolution));
  const counted = new Map<string, number>();
  for (let row = 0; row < reports.length; row += 1) {
    const start = (reports.start[row] ?? 0) * minuteMs;
    const end = (reports.end[row] ?? 0) * minuteMs;
    if (end - start > dayMs) continue;
    const date = formatLocalDate(zone.toLocal(start + (end - start) / 2));
    const key = `${zoneOf[reports.cell[row] ?? 0]} ${date}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}
