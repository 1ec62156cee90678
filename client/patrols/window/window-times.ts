import {
  dayMs,
  formatLocal,
  hourMs,
  minuteMs,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";

/** Resolved to the instants nearest to the window's current times. */
export function readTimes(
  zone: Zone,
  current: { readonly start: number; readonly end: number },
  typed: { readonly start: string; readonly end: string },
): { readonly start: number; readonly end: number } | null {
  const startMinute = readMinute(typed.start);
  const endMinute = readMinute(typed.end);
  if (startMinute === null || endMinute === null) return null;
  // Keep an unchanged instant: in the repeated hour the time is ambiguous.
  const start =
    typed.start === wallTime(zone, current.start)
      ? current.start
      : nearestReading(zone, startMinute, current.start);
  if (typed.end === wallTime(zone, current.end) && current.end > start) {
    return { start, end: current.end };
  }
  const next = firstReadingAfter(zone, endMinute, start);
  // Over half a day on, the end was typed before the start: return that as a fault.
  return {
    start,
    end: next - start <= longestMeantMs ? next : nearestReading(zone, endMinute, start),
  };
}

const longestMeantMs = 12 * hourMs;

/** "21:30" */
export function wallTime(zone: Zone, instant: number): string {
  return formatLocal(zone.toLocal(instant)).slice(11);
}

function readMinute(text: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const value = Number(hour) * 60 + Number(minute);
  return Number.isNaN(value) || value >= 1440 || Number(minute) > 59 ? null : value;
}

/** 01:00 typed for a window at 23:30 means that night. */
function nearestReading(zone: Zone, minute: number, near: number): number {
  const readings = readingsAround(zone, minute, near);
  return readings.reduce((best, at) => (Math.abs(at - near) < Math.abs(best - near) ? at : best));
}

function firstReadingAfter(zone: Zone, minute: number, start: number): number {
  return Math.min(...readingsAround(zone, minute, start).filter((at) => at > start));
}

function readingsAround(zone: Zone, minute: number, near: number): number[] {
  const midnight = parseLocalDate(zone.dateOf(near));
  return [-1, 0, 1, 2].map((day) =>
    zone.toInstant(midnight + day * dayMs + minute * minuteMs, "earlier"),
  );
}
