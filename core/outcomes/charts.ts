import { alpha } from "#core/outcomes/change.ts";
import type { FigureSource } from "#core/outcomes/figures.ts";
import { breakdowns, type MeasureName, measureOf } from "#core/outcomes/measures.ts";
import { shareOfBoth, shareOfWhole } from "#core/outcomes/share.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { BarReply, KnownReply, ResidenceReply } from "#core/outcomes/wire/outcomes.ts";
import { lowerFirst, percentWords, shareWords } from "#core/outcomes/words.ts";

const identified = [
  "sex_workers_identified",
  "kerb_crawlers_identified",
] as const satisfies readonly MeasureName[];

/** Chart 1: where those identified live, in bands; only what was typed for exactly this period. */
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
  if (known.length === 0) return `${label}: no band can be shown.`;
  const most = Math.max(...known.map(({ count }) => count));
  const largest = known.filter(({ count }) => count === most).map(({ band }) => lowerFirst(band));
  const of = base === null ? "" : ` of ${about}${base}`;
  return largest.length === known.length && known.length > 1
    ? `${label}: no known band is larger than the others (${about}${most}${of} in each).`
    : `${label}: the largest known band is ${largest.join(" and ")} (${about}${most}${of}${largest.length > 1 ? " in each" : ""}).`;
}

/** Chart 2: the share previously known to police, of those of whom it was recorded, with its Wilson interval. */
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
  const left = notRecorded === null ? "" : `; of ${about}${notRecorded} it was not recorded`;
  return `${label}: between ${percentWords(low)} and ${percentWords(high)} were previously known to police (${shareWords(share)} of ${about}${base})${left}.`;
}

function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  );
}
