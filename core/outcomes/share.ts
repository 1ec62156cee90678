import { type Figure, figureRange } from "#core/outcomes/figures.ts";
import type { ShareReply } from "#core/outcomes/wire/outcomes.ts";
import { wilsonInterval } from "#core/stats/interval.ts";

type Count = Figure["count"];

/**
 * A count as a share of a whole that it is part of, 0 to 1. Of exact counts one number; of rounded ones all that
 * the counts behind them may give, since the quotient of two rounded counts is no estimate of the share. It comes
 * from figures that are shown, and so tells no more than they do.
 */
export function shareOfWhole(part: Count, whole: Count, isExact: boolean): ShareReply | null {
  if (part === null || whole === null || whole === 0) return null;
  const [some, all] = [figureRange(part, isExact), figureRange(whole, isExact)];
  return { low: Math.min(1, some.low / all.high), high: Math.min(1, some.high / all.low) };
}

/** One of two parts as a share of both together, with its interval (wilsonInterval): the widest of all counts behind. */
export function shareOfBoth(
  part: Count,
  other: Count,
  { isExact, alpha }: { readonly isExact: boolean; readonly alpha: number },
): { readonly share: ShareReply; readonly interval: ShareReply } | null {
  if (part === null || other === null || part + other === 0) return null;
  const [some, rest] = [figureRange(part, isExact), figureRange(other, isExact)];
  const least = wilsonInterval(some.low, some.low + rest.high, alpha);
  const most = wilsonInterval(some.high, some.high + rest.low, alpha);
  return {
    share: { low: some.low / (some.low + rest.high), high: some.high / (some.high + rest.low) },
    interval: { low: least?.low ?? 0, high: most?.high ?? 1 },
  };
}
