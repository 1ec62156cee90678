import { failure, type Result, success } from "#core/result.ts";
import { type DateOrder, type Moment, parseMoment, parseTime } from "#core/table/clock.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { dayMs, formatLocal, hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Epoch milliseconds, whole minutes; the event happened somewhere in between. */
interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Whether a time without an offset is the zone's wall clock or UTC. */
export type ClockKind = "local" | "utc";

/**
 * From the start of the first moment to the end of the last. A date is its whole day and a month
 * its whole month, never midnight. In autumn's doubled hour the start is the earlier instant and
 * the end the later, so the span covers the unknown hour.
 */
export function spanOf(
  start: Moment,
  end: Moment | null,
  zone: Zone,
  clock: ClockKind,
): Result<Span> {
  const first = extentOf(start, zone, clock);
  if (!first.ok || end === null) return first;
  const last = extentOf(end, zone, clock);
  if (!last.ok) return last;
  if (last.value.endsAt < first.value.startsAt) return failure("ends before it starts");
  if (last.value.endsAt - first.value.startsAt > longestSpanMs) {
    return failure("from start to end is more than a year, which says nothing of when it happened");
  }
  return success({ startsAt: first.value.startsAt, endsAt: last.value.endsAt });
}

/** A leap year, plus the hour of a clock change. */
const longestSpanMs = 366 * dayMs + hourMs;

function extentOf(moment: Moment, zone: Zone, clock: ClockKind): Result<Span> {
  const midnight = (at: number) => (clock === "utc" ? at : zone.toInstant(at, "earlier"));
  const local = Date.UTC(moment.year, moment.month - 1, moment.day ?? 1);
  if (moment.time === null) {
    const next = moment.day === null ? Date.UTC(moment.year, moment.month, 1) : local + dayMs;
    return success({ startsAt: midnight(local), endsAt: midnight(next) });
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

const pointSpan = (instant: number) => success({ startsAt: instant, endsAt: instant });

interface Moments {
  readonly start: Moment;
  readonly end: Moment | null;
  readonly startRoles: readonly ColumnRole[];
  readonly endRoles: readonly ColumnRole[];
}

interface MomentFault {
  readonly roles: readonly ColumnRole[];
  readonly reason: string;
}

type TextOf = (role: ColumnRole) => string;

export function readMoments(text: TextOf, order: DateOrder): Result<Moments, MomentFault> {
  const dateRole = text("start") === "" ? "date" : "start";
  const timeRole = text("start_time") === "" ? "time" : "start_time";
  if (text(dateRole) === "") {
    return failure({ roles: ["date", "start"], reason: "the row has no date" });
  }
  const start = readPair(text, dateRole, timeRole, order);
  if (!start.ok) return start;
  const end = readEnd(text, start.value, order);
  if (!end.ok) return end;
  return success({
    start: start.value,
    end: end.value,
    startRoles: [dateRole, timeRole],
    endRoles: end.value === null ? [] : ["end", "end_time"],
  });
}

/** An end with only a time is on the day of the start, or the next if earlier. */
function readEnd(
  text: TextOf,
  start: Moment,
  order: DateOrder,
): Result<Moment | null, MomentFault> {
  if (text("end") !== "") return readPair(text, "end", "end_time", order);
  if (text("end_time") === "" || start.time === null) return success(null);
  const time = parseTime(text("end_time"));
  if (!time.ok) return failure({ roles: ["end_time"], reason: time.reason });
  const from = start.time.hour * 60 + start.time.minute;
  const isNextDay = time.value.hour * 60 + time.value.minute < from;
  return success({ ...(isNextDay ? nextDay(start) : start), time: time.value });
}

function readPair(
  text: TextOf,
  dateRole: ColumnRole,
  timeRole: ColumnRole,
  order: DateOrder,
): Result<Moment, MomentFault> {
  const moment = parseMoment(text(dateRole), order);
  if (!moment.ok) return failure({ roles: [dateRole], reason: moment.reason });
  if (text(timeRole) === "") return moment;
  const time = parseTime(text(timeRole));
  if (!time.ok) return failure({ roles: [timeRole], reason: time.reason });
  if (moment.value.day === null) {
    return failure({ roles: [dateRole], reason: "a time needs a whole date, not a month" });
  }
  return success({ ...moment.value, time: time.value });
}

function nextDay(moment: Moment): Moment {
  const next = new Date(Date.UTC(moment.year, moment.month - 1, (moment.day ?? 1) + 1));
  return {
    ...moment,
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
  };
}
