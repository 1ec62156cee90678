import { createRandom, type Random } from "#core/random.ts";
import { normalQuantile } from "#core/stats/normal.ts";

/** One week of a trial in which a balanced draw left each place without patrol on some days. */
export interface TrialWeek {
  readonly daysPerPlace: number;
  readonly places: readonly {
    /** Days without patrol, 0 the Monday to 6 the Sunday. */
    readonly controlDays: readonly number[];
    /** Seven counts, Monday first. */
    readonly reports: readonly number[];
    /** Patrol hours on the same days, where they are known. */
    readonly hours?: readonly number[] | undefined;
  }[];
}

/** A ratio with its 95% interval; null where there is not enough to tell. */
interface Estimate {
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Side {
  readonly days: number;
  readonly reports: number;
  /** Mean a place and day; null where hours are not known. */
  readonly hours: number | null;
}

export interface DoseResponse {
  readonly control: Side;
  readonly other: Side;
  /** Reports a place and day on the other days over those on days without patrol; p is two-sided. */
  readonly patrol: Estimate & { readonly p: number | null };
  /** Times as many reports for each hour of patrol. */
  readonly hour: Estimate;
}

const usualRedraws = 9_999;
const z95 = normalQuantile(0.975);
/** Fewer on either side cannot tell. */
const leastReports = 10;
const unknown = { ratio: null, low: null, high: null } as const;

/**
 * What patrols did to the reports of a place and day, with the draw of days without patrol as the one thing that does not know
 * what is expected. The days are drawn again `redraws` times by the same rule; p is the share of draws (with the one there
 * was) that lie as far from what was to be expected (Fisher 1935, The Design of Experiments, 21; Phipson & Smyth 2010, eq. 2).
 *
 * Weeks differ in how many such days a place has and in how much is reported: a report weighs the other side's share of the days
 * of its week (Mantel-Haenszel; Rothman, Greenland & Lash 2008, Modern Epidemiology, 15). Standard errors are by the delta method
 * with Poisson variances, times how much more the draws scatter than single reports would.
 *
 * For an hour: where b is the right log ratio, counts times exp(-b hours) have the same mean on both kinds of days (a multiplicative
 * structural mean model; Hernán & Robins 2020, Causal Inference, 16.2). The interval holds every b at which the log ratio of their
 * sums lies within 1.96 standard errors of zero.
 */
export function doseResponse(
  weeks: readonly TrialWeek[],
  seed: number,
  redraws = usualRedraws,
): DoseResponse {
  const days = weeks.flatMap(({ daysPerPlace, places }) =>
    places.flatMap(({ controlDays, reports, hours }) =>
      reports.map((count, day) => {
        const isControl = controlDays.includes(day);
        const weight = (isControl ? 7 - daysPerPlace : daysPerPlace) / 7;
        return { isControl, weight, reports: count, hours: hours?.[day] ?? null };
      }),
    ),
  );
  const [control, other] = [true, false].map((side) =>
    days.filter(({ isControl }) => isControl === side),
  ) as [PlaceDay[], PlaceDay[]];
  const told = { control: sideOf(control), other: sideOf(other) };
  if (Math.min(told.control.reports, told.other.reports) < leastReports) {
    return { ...told, patrol: { ...unknown, p: null }, hour: unknown };
  }
  const { p, scatter } = drawAgain(weeks, told.control.reports, { seed, redraws });
  const patrol = { ...logEstimate(excessOf(control, other, { b: 0, scatter })), p };
  return { ...told, patrol, hour: hourOf({ control, other, scatter }, told) };
}

interface PlaceDay {
  readonly isControl: boolean;
  readonly weight: number;
  readonly reports: number;
  readonly hours: number | null;
}

function sideOf(days: readonly PlaceDay[]): Side {
  const sum = (value: (day: PlaceDay) => number) => days.reduce((all, one) => all + value(one), 0);
  const isKnown = days.length > 0 && days.every(({ hours }) => hours !== null);
  const weights = sum(({ weight }) => weight);
  return {
    days: days.length,
    reports: sum(({ reports }) => reports),
    hours: isKnown ? sum(({ weight, hours }) => weight * (hours ?? 0)) / weights : null,
  };
}

/** The log ratio of reports on other days to those on days without patrol, at a log ratio b per hour, with its standard error. */
function excessOf(
  control: readonly PlaceDay[],
  other: readonly PlaceDay[],
  { b, scatter }: { readonly b: number; readonly scatter: number },
) {
  const [above, below] = [adjusted(other, b), adjusted(control, b)];
  return {
    distance: Math.log(above.sum / below.sum),
    error: Math.sqrt(scatter * (above.squares / above.sum ** 2 + below.squares / below.sum ** 2)),
  };
}

function adjusted(days: readonly PlaceDay[], b: number) {
  let [sum, squares] = [0, 0];
  for (const { reports, hours, weight } of days) {
    const share = weight * Math.exp(-b * (hours ?? 0));
    sum += reports * share;
    squares += reports * share * share;
  }
  return { sum, squares };
}

function logEstimate({ distance, error }: ReturnType<typeof excessOf>) {
  const reach = z95 * error;
  return {
    ratio: Math.exp(distance),
    low: Math.exp(distance - reach),
    high: Math.exp(distance + reach),
  };
}

/** Five minutes: with less between the two kinds of days there is no dose to compare. */
const leastHours = 1 / 12;

/** Null also where the interval has no end. */
function hourOf(
  given: {
    readonly control: readonly PlaceDay[];
    readonly other: readonly PlaceDay[];
    readonly scatter: number;
  },
  told: Pick<DoseResponse, "control" | "other">,
): Estimate {
  const [still, patrolled] = [told.control.hours, told.other.hours];
  if (still === null || patrolled === null || patrolled - still < leastHours) return unknown;
  const rootAt = (errors: number) =>
    rootOf((b) => {
      const { distance, error } = excessOf(given.control, given.other, { ...given, b });
      return distance + errors * error;
    });
  const [best, low, high] = [rootAt(0), rootAt(-z95), rootAt(z95)];
  if (best === null || low === null || high === null) return unknown;
  return { ratio: Math.exp(best), low: Math.exp(low), high: Math.exp(high) };
}

/** Log ratios per hour beyond these are not looked for: e to the fourth is 55 times as many. */
const widest = 4;
const steps = 80;

/** Where a function that falls with b crosses zero, nearest to no effect; null where it does not within what is looked for. */
function rootOf(value: (b: number) => number): number | null {
  const isAbove = value(0) > 0;
  const step = (widest / steps) * (isAbove ? 1 : -1);
  for (let at = 1; at <= steps; at += 1) {
    if (value(at * step) > 0 === isAbove) continue;
    let [near, far] = [(at - 1) * step, at * step];
    for (let round = 0; round < 30; round += 1) {
      const middle = (near + far) / 2;
      if (value(middle) > 0 === isAbove) near = middle;
      else far = middle;
    }
    return (near + far) / 2;
  }
  return null;
}

/** p, and the variance of the draws over that of single reports that fall on days by chance, 1 at least. */
function drawAgain(
  weeks: readonly TrialWeek[],
  seen: number,
  { seed, redraws }: { readonly seed: number; readonly redraws: number },
) {
  const random = createRandom(seed);
  const packed = weeks.map(packedWeek);
  let [expected, single] = [0, 0];
  for (const { daysPerPlace, reports } of packed) {
    const share = daysPerPlace / 7;
    const total = reports.reduce((sum, count) => sum + count, 0);
    expected += share * total;
    single += share * (1 - share) * total;
  }
  // Counts are whole and shares are sevenths: what is as far away is so but for rounding.
  const distance = Math.abs(seen - expected) - 1e-9;
  let [asFar, squares] = [1, 0];
  for (let draw = 0; draw < redraws; draw += 1) {
    let drawn = 0;
    for (const week of packed) drawn += drawnReports(week, random);
    const away = drawn - expected;
    if (Math.abs(away) >= distance) asFar += 1;
    squares += away * away;
  }
  const scatter = single === 0 ? 1 : squares / redraws / single;
  return { p: asFar / (redraws + 1), scatter: Math.max(1, scatter) };
}

function packedWeek({ daysPerPlace, places }: TrialWeek) {
  return {
    daysPerPlace,
    /** Seven a place. */
    reports: Uint32Array.from(places.flatMap(({ reports }) => reports)),
    order: places.map((_, index) => index),
    days: [0, 1, 2, 3, 4, 5, 6],
    indexes: places.map((_, index) => balancedDays(index, daysPerPlace)),
  };
}

/** One draw of a week; `order` and `days` are left as they were drawn. */
function drawnReports(
  { reports, order, days, indexes }: ReturnType<typeof packedWeek>,
  random: Random,
): number {
  random.shuffle(order);
  random.shuffle(days);
  let sum = 0;
  for (let index = 0; index < order.length; index += 1) {
    const place = (order[index] as number) * 7;
    for (const at of indexes[index] ?? []) sum += reports[place + (days[at] as number)] as number;
  }
  return sum;
}

/** Where in a shuffled week the days of the place lie that the draw has put at `index`: as many of each weekday as may be. */
export function balancedDays(index: number, daysPerPlace: number): number[] {
  // Two days of one place lie three apart in a shuffled week, whatever the place.
  const stride = 3;
  return Array.from({ length: daysPerPlace }, (_, turn) => (index + turn * stride) % 7);
}
