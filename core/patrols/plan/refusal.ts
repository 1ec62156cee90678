import type { Interval } from "#core/patrols/ground/closed-time.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import { spanText } from "#core/patrols/ground/words.ts";
import type { PlannedWindow } from "#core/patrols/plan/finish.ts";
import type { PreparedPlan } from "#core/patrols/plan/plan.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

const stepMs = 5 * minuteMs;
/** Farther away it is another window and not the same one moved. */
const farthestMs = 12 * hourMs;

/**
 * Nearest free time of the same length within one stretch of duty, on a five-minute grid like
 * closed time and windows. Ties go to the earlier; null without any.
 */
export function nearestFit(
  asked: Interval,
  duty: readonly Interval[],
  isFree: (start: number, end: number) => boolean,
): Interval | null {
  const length = asked.to - asked.from;
  const starts = new Set<number>();
  for (const { from, to } of duty) {
    const first = Math.max(from, asked.from - farthestMs);
    const last = Math.min(to - length, asked.from + farthestMs);
    for (let start = Math.ceil(first / stepMs) * stepMs; start <= last; start += stepMs) {
      starts.add(start);
    }
    if (from <= asked.from && asked.to <= to) starts.add(asked.from);
  }
  const ordered = [...starts].sort(
    (a, b) => Math.abs(a - asked.from) - Math.abs(b - asked.from) || a - b,
  );
  const start = ordered.find((one) => isFree(one, one + length));
  return start === undefined ? null : { from: start, to: start + length };
}

/** The only words for closed time: no distance, no reason, nobody's session. */
export const notAvailableWords = "Not available at that time.";

/** A refusal and the nearest alternative; without one, closed time has its own words. */
export function refusalSentence(zone: Zone, reason: string, nearest: Interval | null): string {
  if (nearest) {
    return `${reason} Nearest time that fits: ${spanText(zone, nearest.from, nearest.to)}.`;
  }
  return reason === notAvailableWords ? `${reason} Choose another time or place.` : reason;
}

export interface RefusedShift {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

export function refusedShifts(
  prepared: PreparedPlan,
  windows: readonly PlannedWindow[],
  { earliest, latest }: { readonly earliest: number; readonly latest: number | null },
  settings: Pick<PatrolSettings, "shortestMinutes">,
): RefusedShift[] {
  const planned = new Set(windows.map((window) => window.shiftStart));
  return prepared.shifts
    .filter(({ start }) => !planned.has(start))
    .map(({ start, end }) => ({
      start,
      end,
      reason:
        timeReason({ start, end }, { earliest, latest }, settings.shortestMinutes * minuteMs) ??
        placeReason(start, prepared),
    }));
}

function timeReason(
  { start, end }: { readonly start: number; readonly end: number },
  { earliest, latest }: { readonly earliest: number; readonly latest: number | null },
  shortest: number,
): string | null {
  if (end - shortest < earliest) return "over, or too little time left";
  if (end - start < shortest) return "shorter than the shortest patrol";
  if (latest !== null && latest - start < shortest) {
    return "beyond the days that can be planned";
  }
  return null;
}

function placeReason(start: number, prepared: PreparedPlan): string {
  if (prepared.demand.cells.length === 0) return "no reports to plan from";
  if (prepared.occupied.has(start)) return "all units are planned already";
  if (prepared.offDuty.has(start)) return "no unit is on duty for long enough";
  const isOffered = prepared.options.some(({ candidate }) => candidate.shift.start === start);
  if (isOffered) return "every place worth a stop has all its visits";
  if (prepared.belowFloor.has(start)) return "too little is expected there";
  return "not available";
}
