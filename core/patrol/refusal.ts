import type { H3Cell } from "#core/geo/cell.ts";
import type { ClosedTime, Interval } from "#core/patrol/closed-time.ts";
import { spanText } from "#core/patrol/words.ts";
import type { Zone } from "#core/time/zone.ts";

/**
 * The start nearest to the one asked for at which a visit of the same length fits, from the footprint
 * alone: it is the asked one, or touches an end of closed time. Null when none lies within the limits.
 */
export function nearestFit(
  closed: ClosedTime,
  cells: readonly H3Cell[],
  asked: Interval,
  within: Interval,
): Interval | null {
  const length = asked.to - asked.from;
  const starts = new Set([asked.from]);
  for (const cell of cells) {
    for (const { from, to } of closed.of(cell)) {
      starts.add(to);
      starts.add(from - length);
    }
  }
  const fitting = [...starts].filter(
    (start) =>
      start >= within.from &&
      start + length <= within.to &&
      cells.every((cell) => closed.isClear(cell, start, start + length)),
  );
  fitting.sort((a, b) => Math.abs(a - asked.from) - Math.abs(b - asked.from) || a - b);
  const start = fitting[0];
  return start === undefined ? null : { from: start, to: start + length };
}

/** All that a refused time is ever told: no distance, no reason, nobody's session. */
export function refusalSentence(zone: Zone, nearest: Interval | null): string {
  const refused = "Not available at that time.";
  if (!nearest) return `${refused} Choose another time or place.`;
  return `${refused} Nearest time that fits: ${spanText(zone, nearest.from, nearest.to)}.`;
}
