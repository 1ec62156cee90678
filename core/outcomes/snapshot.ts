import { type Compared, chanceOfChange, changeOf } from "#core/outcomes/change.ts";
import { comparedPeriods } from "#core/outcomes/compared-periods.ts";
import type { FigureSource } from "#core/outcomes/figures.ts";
import { measureOf, snapshotMeasures } from "#core/outcomes/measures.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { FigureReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords, sourceWords } from "#core/outcomes/words.ts";
import { holm } from "#core/stats/multiple-testing.ts";

/**
 * The five figures with the change against the period before and the one a year ago (`comparedPeriods`), tested
 * (`chanceOfChange`) with Holm over all that are compared. From rounded figures a change is the difference of two
 * figures that are shown, and its verdict what they leave certain, so it tells no more than they do.
 */
export function snapshot(source: FigureSource, period: Period, isExact: boolean): FigureReply[] {
  const others = comparedPeriods(period);
  const drafts = snapshotMeasures.map((measure) => {
    const side = (when: Period) => ({ period: when, figure: source({ measure }, when) });
    const now = side(period);
    const against = (when: Period): Compared => ({ now, earlier: side(when), isExact });
    return { measure, now, before: against(others.before), yearAgo: against(others.yearAgo) };
  });
  const chances = holm(
    drafts
      .flatMap(({ before, yearAgo }) => [chanceOfChange(before), chanceOfChange(yearAgo)])
      // What is withheld may have been tested among the exact figures: rounding corrects for no fewer.
      .map((p) => (isExact ? p : (p ?? 1))),
  );
  return drafts.map(({ measure, now: { figure }, before, yearAgo }, at) => {
    const { label, definition } = measureOf(measure);
    return {
      measure,
      label,
      definition,
      count: figure.count,
      words: figureWords(figure, isExact),
      source: figure.source,
      sourceWords: sourceWords(figure.source, period),
      typedBeside: figure.typedBeside,
      before: changeOf(before, chances[2 * at] ?? null),
      yearAgo: changeOf(yearAgo, chances[2 * at + 1] ?? null),
    };
  });
}
