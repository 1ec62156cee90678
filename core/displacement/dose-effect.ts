import {
  type ControlWeek,
  type DatedWeek,
  drawScatter,
  leastCompared,
  percentOff,
  sideWeights,
} from "#core/displacement/control-day-effect.ts";
import type { ControlDaysReply } from "#core/displacement/wire/control-days.ts";
import { normalQuantile } from "#core/stats/normal.ts";

/** A drawn week with the patrol time that devices recorded at each place on each day. */
export interface DoseWeek extends ControlWeek {
  readonly places: readonly (ControlWeek["places"][number] & {
    /** Device hours on seven days, Monday first. */
    readonly hours: readonly number[];
  })[];
}

type DoseEffect = Omit<ControlDaysReply["dose"], "sentence">;

const z95 = normalQuantile(0.975);
/** Log ratios per hour beyond these are not looked for: e to the fourth is 55 times as many. */
const widest = 4;
const steps = 80;
/** Five minutes: with less between the two kinds of days there is no dose to compare. */
const leastHours = 1 / 12;

/**
 * What an hour of patrol does to the reports of a place and day, with the draw of comparison days as instrument: where police
 * go by themselves depends on what they expect there, and the draw does not.
 *
 * Weeks differ in how many comparison days a place has and in how much is reported. Days of a week weigh what the other side's
 * share of the week is (Mantel-Haenszel; Rothman, Greenland & Lash 2008, Modern Epidemiology, 15): then both sides expect the same
 * of each week.
 *
 * For a log ratio b per hour each count y on a day of h hours becomes y exp(-b h). Where b is right, these have the same mean on
 * both kinds of days (a multiplicative structural mean model; Hernán & Robins 2020, Causal Inference, 16.2). The estimate makes
 * the log ratio D(b) of their sums zero; the interval holds every b with |D(b)| at most 1.96 standard errors, by the delta method with
 * Poisson variances, taken times how much more the draws scatter than single reports would. It is not bounded
 * where the days hardly differ in dose: then, and with fewer than ten reports on either side, it cannot be told.
 */
export function doseEffect(weeks: readonly DoseWeek[], seed: number, redraws?: number): DoseEffect {
  const days = daysOf(weeks);
  const [control, other] = [true, false].map((side) =>
    days.filter(({ isControl }) => isControl === side),
  ) as [PlaceDay[], PlaceDay[]];
  const [controlHours, otherHours] = [meanHours(control), meanHours(other)];
  const unknown = { ratio: null, low: null, high: null, verdict: "cannot_tell" } as const;
  const base = { weeks: weeks.length, controlHours, otherHours };
  const few = [control, other].some((side) => reportsOf(side) < leastCompared);
  if (few || otherHours - controlHours < leastHours) return { ...base, ...unknown };
  const scatter = Math.max(1, drawScatter(weeks, seed, redraws));
  const [still, patrolled] = [sideOf(control), sideOf(other)];
  const excess = (b: number) => excessOf(still, patrolled, { b, scatter });
  const best = rootOf((b) => excess(b).distance);
  if (best === null) return { ...base, ...unknown };
  const shifted = (errors: number) => (b: number) => {
    const { distance, error } = excess(b);
    return distance + errors * error;
  };
  const low = rootOf(shifted(-z95));
  const high = rootOf(shifted(z95));
  if (low === null || high === null) return { ...base, ...unknown };
  const verdict = low > 0 ? "rise" : high < 0 ? "fall" : "no_clear_change";
  const [ratio, least, most] = [best, low, high].map(Math.exp) as [number, number, number];
  return { ...base, ratio, low: least, high: most, verdict };
}

interface PlaceDay {
  readonly isControl: boolean;
  readonly weight: number;
  readonly reports: number;
  readonly hours: number;
}

function daysOf(weeks: readonly DoseWeek[]): PlaceDay[] {
  return weeks
    .flatMap(({ daysPerPlace, places }) => places.map((place) => ({ ...place, daysPerPlace })))
    .flatMap(({ daysPerPlace, controlDays, reports, hours }) => {
      const weights = sideWeights(daysPerPlace);
      return reports.map((count, day) => {
        const isControl = controlDays.includes(day);
        const weight = isControl ? weights.control : weights.other;
        return { isControl, weight, reports: count, hours: hours[day] ?? 0 };
      });
    });
}

function meanHours(days: readonly PlaceDay[]): number {
  const all = days.reduce((sum, { weight }) => sum + weight, 0);
  return all === 0 ? 0 : days.reduce((sum, { hours, weight }) => sum + weight * hours, 0) / all;
}

function reportsOf(days: readonly PlaceDay[]): number {
  return days.reduce((sum, { reports }) => sum + reports, 0);
}

/** Days of one kind with reports; the weights of all days of a kind come to the same on both sides. */
type Side = readonly PlaceDay[];

function sideOf(days: readonly PlaceDay[]): Side {
  return days.filter(({ reports }) => reports > 0);
}

/** D(b) and its standard error. */
function excessOf(
  control: Side,
  other: Side,
  { b, scatter }: { readonly b: number; readonly scatter: number },
): { readonly distance: number; readonly error: number } {
  const [of, against] = [adjusted(other, b), adjusted(control, b)];
  return {
    distance: Math.log(of.sum / against.sum),
    error: Math.sqrt(scatter * (of.squares / of.sum ** 2 + against.squares / against.sum ** 2)),
  };
}

function adjusted(reported: Side, b: number) {
  let [sum, squares] = [0, 0];
  for (const { reports, hours, weight } of reported) {
    const share = weight * Math.exp(-b * hours);
    sum += reports * share;
    squares += reports * share * share;
  }
  return { sum, squares };
}

/** Where a function that falls with b crosses zero, nearest to no effect; null where it does not within what is looked for. */
function rootOf(value: (b: number) => number): number | null {
  const isAbove = value(0) > 0;
  const step = (widest / steps) * (isAbove ? 1 : -1);
  for (let at = 1; at <= steps; at += 1) {
    if (value(at * step) > 0 !== isAbove) return bisect(value, (at - 1) * step, at * step);
  }
  return null;
}

function bisect(value: (b: number) => number, from: number, to: number): number {
  let [near, far] = [from, to];
  const isAbove = value(near) > 0;
  for (let round = 0; round < 30; round += 1) {
    const middle = (near + far) / 2;
    if (value(middle) > 0 === isAbove) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/** In plain words, the interval before the best estimate. */
export function doseSentence(effect: DoseEffect): string {
  const { weeks, ratio, low, high, verdict, controlHours, otherHours } = effect;
  if (weeks === 0) return "No week with comparison days was recorded whole by devices.";
  if (ratio === null || low === null || high === null) {
    return `Not enough to tell what an hour of patrol does: ${hoursWords(otherHours)} a place and day with patrols, ${hoursWords(controlHours)} on comparison days.`;
  }
  const found = `For each recorded hour ${percentOff(low)} to ${percentOff(high)} reports (best estimate ${percentOff(ratio)})`;
  if (verdict === "fall") return `${found}: significantly fewer with more patrol time.`;
  if (verdict === "rise") return `${found}: significantly more with more patrol time.`;
  return `${found}: no significant difference.`;
}

function hoursWords(hours: number): string {
  return `${Math.round(hours * 60)} min`;
}

/** Adds recorded hours to weeks of comparison days; weeks with a day that no device recorded are left out. */
export function doseWeeks(
  weeks: readonly DatedWeek[],
  recorded: {
    readonly dates: ReadonlySet<string>;
    /** Minutes by `zone date`. */
    readonly minutes: ReadonlyMap<string, number>;
  },
): DoseWeek[] {
  return weeks
    .filter(({ dates }) => dates.every((date) => recorded.dates.has(date)))
    .map(({ daysPerPlace, places, dates, zones }) => ({
      daysPerPlace,
      places: places.map((place, index) => ({
        ...place,
        hours: dates.map((date) => (recorded.minutes.get(`${zones[index]} ${date}`) ?? 0) / 60),
      })),
    }));
}
