import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** After a longer gap, earlier records (such as a mistyped year) are not the beginning. */
export const longestPause = 92;

/**
 * The London day from which records continue without a longer pause; null without any. `starts` are
 * epoch minutes, ascending; records from the instant `before` on are ignored.
 */
export function recordsBegin(zone: Zone, starts: Int32Array, before: number): string | null {
  const pause = (longestPause * dayMs) / minuteMs;
  let first: number | null = null;
  let previous = Number.NEGATIVE_INFINITY;
  for (const minute of starts) {
    if (minute * minuteMs >= before) break;
    if (first === null || minute - previous > pause) first = minute;
    previous = minute;
  }
  return first === null ? null : zone.dateOf(first * minuteMs);
}
