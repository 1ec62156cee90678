import { alpha } from "#core/outcomes/change.ts";
import { type FigureSource, shareOfBoth, shareOfWhole } from "#core/outcomes/figures.ts";
import { breakdowns, type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import type { PublicTally } from "#core/outcomes/public-tallies.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type {
  BarReply,
  GivenMonthsReply,
  KnownReply,
  ResidenceReply,
} from "#core/outcomes/wire/outcomes.ts";
import { lowerFirst, percentWords, shareWords } from "#core/outcomes/words.ts";
import { monthName } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

const identified = [
  "sex_workers_identified",
  "kerb_crawlers_identified",
] as const satisfies readonly MeasureName[];

/** Chart 1: where those identified live, in bands; only totals typed for exactly this period. */
export function residenceCharts(
  source: FigureSource,
  period: Period,
  isExact: boolean,
): ResidenceReply[] {
  return identified.flatMap((measure): ResidenceReply[] => {
    const parts = Object.entries(breakdowns.residence.parts).map(([part, label]) => ({
      part,
      label,
      ...source({ measure, breakdown: "residence", part }, period),
    }));
    if (parts.every(({ why }) => why === "not_typed")) return [];
    const base = source({ measure }, period).count;
    const bars = parts.map(({ part, label, count }) => ({
      part,
      label,
      count,
      share: shareOfWhole(count, base, isExact),
    }));
    const { label } = measureOf(measure);
    return [
      { measure, label, base, bars, sentence: residenceSentence(label, bars, { base, isExact }) },
    ];
  });
}

function residenceSentence(
  label: string,
  bars: readonly BarReply[],
  { base, isExact }: { readonly base: number | null; readonly isExact: boolean },
): string {
  const about = isExact ? "" : "about ";
  const known = bars.flatMap(({ part, label: band, count }) =>
    count === null || part === "not_known" ? [] : [{ band, count }],
  );
  if (known.length === 0) return `${label}: no group can be shown.`;
  const most = Math.max(...known.map(({ count }) => count));
  const largest = known.filter(({ count }) => count === most).map(({ band }) => lowerFirst(band));
  const of = base === null ? "" : ` of ${about}${base}`;
  return largest.length === known.length && known.length > 1
    ? `${label}: no known group is larger than the others (${about}${most}${of} in each).`
    : `${label}: the largest known group is ${largest.join(" and ")} (${about}${most}${of}${largest.length > 1 ? " in each" : ""}).`;
}

/** Chart 2: share previously known to police, where recorded, with its Wilson interval. */
export function knownCharts(source: FigureSource, period: Period, isExact: boolean): KnownReply[] {
  return identified.flatMap((measure): KnownReply[] => {
    const figure = (part: string) => source({ measure, breakdown: "known_before", part }, period);
    const [yes, no, notRecorded] = [figure("yes"), figure("no"), figure("not_recorded")];
    if ([yes, no, notRecorded].every(({ why }) => why === "not_typed")) return [];
    const base = sumOf([yes.count, no.count]);
    const found = shareOfBoth(yes.count, no.count, { isExact, alpha });
    const { label } = measureOf(measure);
    const reply = {
      measure,
      label,
      yes: yes.count,
      no: no.count,
      notRecorded: notRecorded.count,
      base,
      share: found?.share ?? null,
      low: found?.interval.low ?? null,
      high: found?.interval.high ?? null,
    };
    return [{ ...reply, sentence: knownSentence(reply, isExact) }];
  });
}

function knownSentence(known: Omit<KnownReply, "sentence">, isExact: boolean): string {
  const { label, share, low, high, base, notRecorded } = known;
  if (share === null || low === null || high === null) {
    return `${label}: the share previously known cannot be shown for this period.`;
  }
  const about = isExact ? "" : "about ";
  const left = notRecorded === null ? "" : `; not recorded for ${about}${notRecorded}`;
  return `${label}: between ${percentWords(low)} and ${percentWords(high)} were previously known to police (${shareWords(share)} of ${about}${base})${left}.`;
}

function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  );
}

/** One month is just a total; a course over time needs two. */
const fewestMonths = 2;

/**
 * Figures that may be shared by month: public figures (publicTallies) of one whole month. None is
 * computed here: it would appear beside a total over these months.
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

/** Whole months, and no parts of a measure: a month's parts are too few people for a trend. */
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
