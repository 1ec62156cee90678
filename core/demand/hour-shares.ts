import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Spans longer than this tell nothing about the hour (DEFINITIONS, Events). */
export const longestKnownHourMs = 24 * hourMs;

/**
 * The aoristic shares of one span by local hour of the week (METHODS 2.7): each share is the part of
 * the span's real minutes that falls into that hour. An exact time gives its whole weight to one hour.
 */
export function eachHourShare(
  zone: Zone,
  span: { readonly start: number; readonly end: number },
  visit: (hourOfWeek: number, share: number) => void,
): void {
  const length = span.end - span.start;
  if (length < minuteMs) {
    visit(zone.hourOfWeek(span.start), 1);
    return;
  }
  for (let at = span.start; at < span.end; ) {
    const untilNextHour = hourMs - (((zone.toLocal(at) % hourMs) + hourMs) % hourMs);
    const next = Math.min(span.end, at + untilNextHour);
    visit(zone.hourOfWeek(at), (next - at) / length);
    at = next;
  }
}
