import { alpha } from "#core/outcomes/change.ts";
import { type DayCount, knownStretch, recordedDays, wholeMonths } from "#core/outcomes/periods.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { TrendMonth, TrendReply } from "#core/outcomes/wire/outcomes.ts";
import { createRandom } from "#core/random.ts";
import { type ChangePoint, findChangePoints } from "#core/stats/change-point.ts";
import { poissonInterval } from "#core/stats/interval.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { monthName } from "#core/time/months.ts";
import { formatDate } from "#core/time/words.ts";
import { daysIn } from "#core/time/zone.ts";

const kinds = [
  { id: "reported", label: "Reports by residents and partners" },
  { id: "arrest", label: "Arrests" },
  { id: "stop_search", label: "Stops and searches" },
] as const;

/** A level lasts at least a quarter. */
const leastSteps = 3;
const permutations = 999;
const seed = 20211126;

export function trends(days: readonly DayCount[], asAt: string): TrendReply[] {
  return kinds.flatMap(({ id, label }) => {
    const own = days.filter(({ kind, day }) => kind === id && day <= asAt);
    const recorded = recordedDays(own).get(id);
    if (recorded === undefined) return [];
    const known = knownStretch(recorded, asAt);
    const steps = monthsOf(own, known);
    const found = findChangePoints(steps, {
      random: createRandom(seed),
      permutations,
      // One error rate shared by all three series.
      alpha: alpha / kinds.length,
      leastSteps,
    });
    const changes = found.map(({ at, before, after, p }) => ({
      month: steps[at]?.month ?? "",
      before: before * monthLength,
      after: after * monthLength,
      p,
    }));
    return [
      {
        id,
        label,
        months: withLevels(steps, found),
        changes,
        sentence: sentenceOf(`${label}${untilWords(known, asAt)}`, steps.length, changes),
      },
    ];
  });
}

/** Rates are per month of mean length. */
const monthLength = 365.25 / 12;

interface MonthStep extends Pick<TrendMonth, "month" | "from" | "to" | "days" | "count"> {}

/** Months with records, two years at most; the first and the last may be partial. */
function monthsOf(days: readonly DayCount[], known: Period): MonthStep[] {
  const counts = new Map<string, number>();
  for (const { day, count } of days) {
    counts.set(day.slice(0, 7), (counts.get(day.slice(0, 7)) ?? 0) + count);
  }
  return wholeMonths(known.from, known.to).map(({ from, to }) => {
    const month = from.slice(0, 7);
    const period = {
      from: from < known.from ? known.from : from,
      to: to > known.to ? known.to : to,
    };
    return { month, ...period, days: daysIn(period), count: counts.get(month) ?? 0 };
  });
}

function withLevels(steps: readonly MonthStep[], changes: readonly ChangePoint[]): TrendMonth[] {
  const starts = [0, ...changes.map(({ at }) => at)];
  return steps.map((step, at) => {
    const start = starts.findLast((each) => each <= at) ?? 0;
    const end = starts.find((each) => each > at) ?? steps.length;
    const stretch = steps.slice(start, end);
    const rate = sum(stretch.map(({ count }) => count)) / sum(stretch.map(({ days }) => days));
    return { ...step, ...poissonInterval(step.count, alpha), level: rate * step.days };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sentenceOf(
  label: string,
  months: number,
  changes: readonly { readonly month: string; readonly before: number; readonly after: number }[],
): string {
  if (months < 2 * leastSteps) {
    return `${label}: ${formatQuantity(months, "month is", "months are")} too few to look for a change. Six are needed.`;
  }
  if (changes.length === 0) {
    return `${label}: no significant change of level in ${months} months.`;
  }
  const words = changes.map(
    ({ month, before, after }) =>
      `from ${monthName(month)} about ${Math.round(after)} a month, about ${Math.round(before)} before`,
  );
  return `${label}: ${words.join("; ")}.`;
}

/** Where records end before the as-at date: later days are unknown, not empty. */
function untilWords({ to }: Period, asAt: string): string {
  return to === asAt ? "" : `, recorded until ${formatDate(to)}`;
}
