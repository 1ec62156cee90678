import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { GivenMonthsReply } from "#core/outcomes/wire/outcomes.ts";
import { monthName } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

/** A single month is a total like any other; a course over time begins with two. */
const fewestMonths = 2;

/**
 * What may leave by month: public figures (publicTallies) whose period is one whole month. No figure is made here, so
 * that nothing is given beside a total over these months.
 */
export function givenMonths(shared: readonly PublicTally[]): GivenMonthsReply[] {
  const monthly = shared.filter(isOfMonth);
  const measures = [...new Set(monthly.map(({ measure }) => measure))];
  return measures.flatMap((measure) => {
    const figures = monthly.filter((figure) => figure.measure === measure);
    const [first] = figures;
    if (first === undefined || figures.length < fewestMonths) return [];
    const months = figures
      .map(({ from, count }) => ({ month: from.slice(0, 7), count }))
      .sort((a, b) => (a.month < b.month ? -1 : 1));
    return [{ measure, label: first.label, months, sentence: sentenceOf(first.label, months) }];
  });
}

/** A whole one, and no part of a measure: parts of a month are of too few people to be read as a course. */
function isOfMonth({ measure, from, to }: PublicTally): boolean {
  const isWhole =
    from.endsWith("-01") && addDays(to, 1).endsWith("-01") && from.slice(0, 7) === to.slice(0, 7);
  return isWhole && !measure.includes(":");
}

function sentenceOf(label: string, months: GivenMonthsReply["months"]): string {
  const [first, last] = [months[0]?.month ?? "", months.at(-1)?.month ?? ""];
  const shown = months.flatMap(({ month, count }) => (count === null ? [] : [{ month, count }]));
  const start = `${label}, ${months.length} months from ${monthName(first)} to ${monthName(last)}`;
  if (shown.length === 0) return `${start}: each has fewer than 10, or is withheld.`;
  const most = shown.reduce((a, b) => (b.count > a.count ? b : a));
  const blank = months.length - shown.length;
  const left =
    blank === 0
      ? ""
      : ` ${blank === 1 ? "One month has" : `${blank} months have`} fewer than 10, or ${blank === 1 ? "is" : "are"} withheld.`;
  return `${start}: the most in ${monthName(most.month)}, about ${most.count}.${left}`;
}
