import type { SealRecord } from "#core/patrols/wire/forecast-seals.ts";
import { formatQuantity } from "#core/text/numbers.ts";

type Share = SealRecord["shares"][number];

/** "2% of the area, beside as many places by last year's count: more reports in 12 of 16 weeks, fewer in 4. All weeks against the best of three counts: better, 1.08 times as many reports (1.02 to 1.15)." */
export function verdictWords(share: Share, weeks: number): string {
  return `${share.share * 100}% of the area, beside as many places by last year's count: ${weeksWords(share, weeks)}. ${ratioSentence(share)}`;
}

/** "more reports in 12 of 16 weeks, as many in 1, fewer in 3" */
export function weeksWords(
  { more, same, fewer }: Pick<Share, "more" | "same" | "fewer">,
  weeks: number,
): string {
  const others = [
    same > 0 ? `, as many in ${same}` : "",
    fewer > 0 ? `, fewer in ${fewer}` : "",
  ].join("");
  return `more reports in ${more} of ${formatQuantity(weeks, "week")}${others}`;
}

export type SealVerdictName = "better" | "worse" | "unclear";

/** Null: too few weeks to say how sure it is. */
export function verdictOf({ toBestCount }: Pick<Share, "toBestCount">): SealVerdictName | null {
  if (toBestCount === null) return null;
  const { low, high } = toBestCount;
  return low > 1 ? "better" : high < 1 ? "worse" : "unclear";
}

const verdictNames = {
  better: "better",
  worse: "worse",
  unclear: "not enough reports to tell",
} as const;

export function ratioSentence(share: Pick<Share, "toBestCount">): string {
  const verdict = verdictOf(share);
  if (verdict === null || share.toBestCount === null) return "Under 8 weeks: not enough to tell.";
  const { ratio, low, high } = share.toBestCount;
  return `All weeks against the best of three counts: ${verdictNames[verdict]}, ${ratio.toFixed(2)} times as many reports (${low.toFixed(2)} to ${high.toFixed(2)}).`;
}
