import type { Range } from "#core/disclosure/rule.ts";
import { type Figure, figureRange } from "#core/outcomes/figures.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { ChangeReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords } from "#core/outcomes/words.ts";
import { poissonTest } from "#core/stats/two-counts.ts";
import { formatDateRange } from "#core/time/words.ts";
import { daysIn } from "#core/time/zone.ts";

export const alpha = 0.05;
/** With fewer in either period no change is stated. */
const fewest = 10;

interface Side {
  readonly period: Period;
  readonly figure: Figure;
}

export interface Compared {
  readonly now: Side;
  readonly earlier: Side;
  /** False: both are rounded, and the words use only the rounded figures. */
  readonly isExact: boolean;
}

/**
 * The p of a change (poissonTest): for rounded figures the largest over all counts that they allow.
 * So rounding never makes a chance change look significant, and the answer reveals nothing beyond
 * the figures. Null where too little is known to test.
 */
export function chanceOfChange({ now, earlier, isExact }: Compared): number | null {
  const [after, before] = [now.figure.count, earlier.figure.count];
  if (after === null || before === null || Math.min(after, before) < fewest) return null;
  const lengths = [daysIn(earlier.period), daysIn(now.period)] as const;
  const chances = wholeNumbers(figureRange(before, isExact)).flatMap((first) =>
    wholeNumbers(figureRange(after, isExact)).map((second) => poissonTest(first, second, lengths)),
  );
  return Math.max(...chances.map((p) => p ?? 1));
}

function wholeNumbers({ low, high }: Range): number[] {
  return Array.from({ length: high - low + 1 }, (_, at) => low + at);
}

/**
 * Wording of a change for any reader: a difference, rounded or not, never appears without its
 * verdict. `p` is corrected for all comparisons.
 */
export function changeOf(compared: Compared, p: number | null): ChangeReply {
  const { now, earlier, isExact } = compared;
  const { period: when, figure } = earlier;
  const [after, before] = [now.figure.count, figure.count];
  if (after === null || before === null) {
    const brief = before === null ? figureWords(figure, isExact) : "nothing to compare it with";
    const verdict = "cannot_tell";
    return {
      ...when,
      count: before,
      verdict,
      brief,
      words: `${formatDateRange(when.from, when.to)}: ${brief}`,
    };
  }
  const verdict = verdictOf(compared, p);
  const isOther = now.figure.source !== figure.source;
  const earlierFigure = `${isOther ? `${sourceNames[figure.source]} ` : ""}${figureWords(figure, isExact)}`;
  const said = [
    `${isByDay(compared, p) ? "per day " : ""}${verdictWords[verdict]}`,
    ...(isOther ? ["counted differently"] : []),
  ];
  return {
    ...when,
    count: before,
    verdict,
    brief: [figureWords(figure, isExact), ...said].join(", "),
    words: `${differenceWords(after - before, isExact)} ${formatDateRange(when.from, when.to)} (${earlierFigure}); ${[
      ...said,
      ...(isExact ? [] : [roundedWords(compared)]),
    ].join(", ")}`,
  };
}

/** Per day: periods may differ in length. */
function verdictOf({ now, earlier }: Compared, p: number | null): ChangeReply["verdict"] {
  if (p === null) return "cannot_tell";
  if (p > alpha) return "no_clear_change";
  const rate = ({ figure, period }: Side) => (figure.count ?? 0) / daysIn(period);
  return rate(now) > rate(earlier) ? "rise" : "fall";
}

export const verdictWords: Readonly<Record<ChangeReply["verdict"], string>> = {
  rise: "significantly more",
  fall: "significantly fewer",
  no_clear_change: "no significant change",
  cannot_tell: "not enough to tell",
};

const sourceNames: Readonly<Record<Figure["source"], string>> = {
  counted: "counted",
  typed: "manual total",
  either: "as released",
};

function differenceWords(difference: number, isExact: boolean): string {
  if (difference === 0) return isExact ? "As many as" : "About as many as";
  const size = `${isExact ? "" : "about "}${Math.abs(difference)}`;
  const words = `${size} ${difference > 0 ? "more" : "fewer"} than`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isByDay({ now, earlier }: Compared, p: number | null): boolean {
  return p !== null && daysIn(now.period) !== daysIn(earlier.period);
}

function roundedWords({ now, earlier }: Compared): string {
  const [days, daysThen] = [daysIn(now.period), daysIn(earlier.period)];
  return days === daysThen
    ? "both figures are rounded"
    : `both figures are rounded and of ${days} and ${daysThen} days`;
}
