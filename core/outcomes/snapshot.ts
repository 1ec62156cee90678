import { comparedPeriods, lengthInDays } from "#core/outcomes/compared-periods.ts";
import type { FigureSource } from "#core/outcomes/figures.ts";
import { measureOf, snapshotMeasures } from "#core/outcomes/measures.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import { figureWords, periodWords } from "#core/outcomes/words.ts";
import { holm } from "#core/stats/multiple-testing.ts";
import { poissonTest } from "#core/stats/poisson-test.ts";
import type { ChangeReply, FigureReply } from "#core/wire/outcomes.ts";

export const alpha = 0.05;
/** With less in either period nothing is said of a change. */
const fewest = 10;

/**
 * The five figures with the change against the period before and the one a year ago (`comparedPeriods`).
 * Exact figures are tested (poissonTest, Holm over all that are compared). From rounded ones a change is the
 * difference of two figures that are shown, and nothing else, so it tells no more than they do.
 */
export function snapshot(source: FigureSource, period: Period, isExact: boolean): FigureReply[] {
  const others = comparedPeriods(period);
  const drafts = snapshotMeasures.map((measure) => ({
    measure,
    now: source({ measure }, period),
    before: source({ measure }, others.before),
    yearAgo: source({ measure }, others.yearAgo),
  }));
  const chances = holm(
    drafts.flatMap(({ now, before, yearAgo }) => [
      isExact ? chanceOf(now.count, before.count, period, others.before) : null,
      isExact ? chanceOf(now.count, yearAgo.count, period, others.yearAgo) : null,
    ]),
  );
  return drafts.map(({ measure, now, before, yearAgo }, at) => {
    const { label, definition } = measureOf(measure);
    const changeTo = (other: typeof before, when: Period, p: number | null | undefined) =>
      changeOf(
        { now: now.count, earlier: other.count, period, when, p: p ?? null, isExact },
        figureWords(other, isExact),
      );
    return {
      measure,
      label,
      definition,
      count: now.count,
      words: figureWords(now, isExact),
      source: now.source,
      typedBeside: now.typedBeside,
      before: changeTo(before, others.before, chances[2 * at]),
      yearAgo: changeTo(yearAgo, others.yearAgo, chances[2 * at + 1]),
    };
  });
}

function chanceOf(
  now: number | null,
  then: number | null,
  period: Period,
  other: Period,
): number | null {
  if (now === null || then === null || Math.min(now, then) < fewest) return null;
  return poissonTest(then, now, [lengthInDays(other), lengthInDays(period)]);
}

interface Compared {
  readonly now: number | null;
  readonly earlier: number | null;
  readonly period: Period;
  readonly when: Period;
  readonly p: number | null;
  readonly isExact: boolean;
}

function changeOf(compared: Compared, earlierWords: string): ChangeReply {
  const { now, earlier, period, when, p, isExact } = compared;
  if (now === null || earlier === null) {
    const words = earlier === null ? earlierWords : "nothing to compare it with";
    return {
      ...when,
      count: earlier,
      difference: null,
      verdict: "cannot_tell",
      words: `${periodWords(when)}: ${words}`,
    };
  }
  const difference = now - earlier;
  const days = { now: lengthInDays(period), earlier: lengthInDays(when) };
  const isEven = days.now === days.earlier;
  const verdict = verdictOf(now / days.now - earlier / days.earlier, p);
  const more = differenceWords(difference, isExact);
  const byDay = isEven || p === null ? "" : "by the day ";
  const rounded = isEven
    ? "both figures are rounded"
    : `both figures are rounded, and of ${days.now} and ${days.earlier} days`;
  const chance = isExact ? `${byDay}${verdictWords[verdict]}` : rounded;
  return {
    ...when,
    count: earlier,
    difference,
    verdict,
    words: `${more} ${periodWords(when)} (${isExact ? earlier : `about ${earlier}`}); ${chance}`,
  };
}

/** By the day: periods may be of more or fewer days. */
function verdictOf(difference: number, p: number | null): ChangeReply["verdict"] {
  if (p === null) return "cannot_tell";
  if (p > alpha) return "no_clear_change";
  return difference > 0 ? "rise" : "fall";
}

const verdictWords: Readonly<Record<ChangeReply["verdict"], string>> = {
  rise: "more than chance says",
  fall: "fewer than chance says",
  no_clear_change: "no clear change, chance can do that",
  cannot_tell: "too few to say whether it changed",
};

function differenceWords(difference: number, isExact: boolean): string {
  if (difference === 0) return isExact ? "As many as" : "About as many as";
  const size = `${isExact ? "" : "about "}${Math.abs(difference)}`;
  const words = `${size} ${difference > 0 ? "more" : "fewer"} than`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
