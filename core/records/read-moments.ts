import { atTime, nextDay } from "#core/records/span.ts";
import { failure, type Result, success } from "#core/result.ts";
import { type DateOrder, type Moment, parseMoment, parseTime } from "#core/table/clock.ts";
import type { ColumnRole } from "#core/table/columns.ts";

export interface Moments {
  readonly start: Moment;
  readonly end: Moment | null;
  /** Where each came from, for a message about both. */
  readonly startRoles: readonly ColumnRole[];
  readonly endRoles: readonly ColumnRole[];
}

export interface MomentFault {
  readonly roles: readonly ColumnRole[];
  readonly reason: string;
}

type TextOf = (role: ColumnRole) => string;

/** Start and end of a row, from whichever of its columns say them. */
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

/** An end that is only a time is on the day of the start, or on the next when it is earlier. */
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
  return success(atTime(isNextDay ? nextDay(start) : start, time.value));
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
  return success(atTime(moment.value, time.value));
}
