import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** More days than these without any record: what lies before them, as a slip of a year, is not where records begin. */
export const longestPause = 92;

interface RecordsAsked {
  /** An instant: records from then on are not looked at. */
  readonly before: number;
  /** So many records may lie before a pause and not count; any number unless said. */
  readonly mostLeft?: number;
}

/**
 * The London day from which records go on without a longer pause; null where there are none.
 * `starts` are epoch minutes, the earliest first.
 */
export function recordsBegin(
  zone: Zone,
  starts: Int32Array,
  { before, mostLeft = Number.POSITIVE_INFINITY }: RecordsAsked,
): string | null {
  const pause = (longestPause * dayMs) / minuteMs;
  let first: number | null = null;
  let previous = Number.NEGATIVE_INFINITY;
  for (const [at, minute] of starts.entries()) {
    if (minute * minuteMs >= before) break;
    if (first === null || (minute - previous > pause && at <= mostLeft)) first = minute;
    previous = minute;
  }
  return first === null ? null : zone.dateOf(first * minuteMs);
}
