import type { SealRecord } from "#core/patrols/wire/forecast-seals.ts";
import { formatQuantity } from "#core/text/numbers.ts";

type Share = SealRecord["shares"][number];

/** "5% of the area: more reports than the places of last year's count in 12 of 16 weeks, as many in 1. Better: 1.08 times the reports of the best plain count (1.02 to 1.15)." */
export function verdictWords(share: Share, weeks: number): string {
  return `${share.share * 100}% of the area: more reports than the places of last year's count in ${share.more} of ${formatQuantity(weeks, "week")}, as many in ${share.same}, fewer in ${share.fewer}. ${ratioSentence(share)}`;
}

export type SealVerdictName = "better" | "worse" | "unclear";

/** Null: too few weeks to say how sure it is. */
export function verdictOf({ toBestCount }: Pick<Share, "toBestCount">): SealVerdictName | null {
  if (toBestCount === null) return null;
  const { low, high } = toBestCount;
  return low > 1 ? "better" : high < 1 ? "worse" : "unclear";
}

const verdictNames = {
  better: "Better",
  worse: "Worse",
  unclear: "Not enough reports to tell",
} as const;

export function ratioSentence(share: Pick<Share, "toBestCount">): string {
  const verdict = verdictOf(share);
  if (verdict === null || share.toBestCount === null) return "Under 8 weeks: not enough to tell.";
  const { ratio, low, high } = share.toBestCount;
  return `${verdictNames[verdict]}: ${ratio.toFixed(2)} times the reports of the best plain count (${low.toFixed(2)} to ${high.toFixed(2)}).`;
}
