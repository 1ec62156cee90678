import { failure, type Result, success } from "#core/result.ts";
import type { ClockTime, Moment } from "#core/table/clock.ts";
import { dayMs, formatLocal, hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Epoch milliseconds, whole minutes; the event happened somewhere in between. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Whether a time without an offset is the zone's wall clock or UTC. */
export type ClockKind = "local" | "utc";

export interface SpanReader {
  readonly zone: Zone;
  readonly clock: ClockKind;
}

/**
 * From the start of the first moment to the end of the last. A date is its whole day and a month
 * its whole month, so neither becomes midnight. In autumn's doubled hour the start is the earlier
 * instant and the end the later one: the span is honest about the hour that is not known.
 */
export function spanOf(start: Moment, end: Moment | null, reader: SpanReader): Result<Span> {
  const first = extentOf(start, reader);
  if (!first.ok || end === null) return first;
  const last = extentOf(end, reader);
  if (!last.ok) return last;
  if (last.value.endsAt < first.value.startsAt) return failure("ends before it starts");
  if (last.value.endsAt - first.value.startsAt > longestSpanMs) {
    return failure("from start to end is more than a year, which says nothing of when it happened");
  }
  return success({ startsAt: first.value.startsAt, endsAt: last.value.endsAt });
}

/** A leap year, and the hour by which summer may begin within it. */
const longestSpanMs = 366 * dayMs + hourMs;

/** The same date with a time beside it, as tables with a column for each write it. */
export function atTime(moment: Moment, time: ClockTime): Moment {
  return { ...moment, time };
}

export function nextDay(moment: Moment): Moment {
  const next = new Date(Date.UTC(moment.year, moment.month - 1, (moment.day ?? 1) + 1));
  return {
    ...moment,
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
  };
}

function extentOf(moment: Moment, { zone, clock }: SpanReader): Result<Span> {
  const local = Date.UTC(moment.year, moment.month - 1, moment.day ?? 1);
  if (moment.time === null) {
    const next = moment.day === null ? Date.UTC(moment.year, moment.month, 1) : local + dayMs;
    return success({ startsAt: midnight(local, zone, clock), endsAt: midnight(next, zone, clock) });
  }
  const written = local + moment.time.hour * hourMs + moment.time.minute * minuteMs;
  if (moment.offsetMinutes !== null) return pointSpan(written - moment.offsetMinutes * minuteMs);
  if (clock === "utc") return pointSpan(written);
  const instants = zone.instantsOf(written);
  const [earlier, later] = [instants[0], instants.at(-1)];
  if (earlier === undefined || later === undefined) {
    return failure(
      `${formatLocal(written).replace("T", " ")} does not exist in ${zone.name}: the clocks went forward over it`,
    );
  }
  return success({ startsAt: earlier, endsAt: later });
}

function midnight(local: number, zone: Zone, clock: ClockKind): number {
  return clock === "utc" ? local : zone.toInstant(local, "earlier");
}

function pointSpan(instant: number): Result<Span> {
  return success({ startsAt: instant, endsAt: instant });
}
