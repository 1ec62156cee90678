import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** More days than these without any record: what lies before them, as a slip of a year, is not where records begin. */
export const longestPause = 92;

/**
 * The London day from which records go on without a longer pause; null where there are none.
 * `starts` are epoch minutes, the earliest first; records from the instant `before` on are not looked at.
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
