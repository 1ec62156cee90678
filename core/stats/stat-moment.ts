import { StatInputError } from "#core/stats/stat-input.ts";
import { minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";

const pattern =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/;

/**
 * Epoch milliseconds of a written time: with an offset an instant, without one the zone's wall
 * clock. Of the two instants in autumn's doubled hour `prefer` picks one; a time that spring skips,
 * or a date not in the calendar, is refused with its field's name.
 */
export function readMoment(
  text: string,
  zone: Zone,
  prefer: "earlier" | "later",
  field: string,
): number {
  const [, date, time, seconds = "0", utc, sign, hours, minutes] = pattern.exec(text) ?? [];
  if (date === undefined || time === undefined || Number(seconds) >= 60) throw refused(text, field);
  const local = localOf(`${date}T${time}`, text, field) + Number(seconds) * 1000;
  if (utc) return local;
  if (sign) {
    const offset = (Number(hours) * 60 + Number(minutes)) * minuteMs;
    return sign === "+" ? local - offset : local + offset;
  }
  if (zone.instantsOf(local).length === 0) {
    throw new StatInputError(
      `${field}: ${text} does not exist in ${zone.name}, where the clock skips it`,
    );
  }
  return zone.toInstant(local, prefer);
}

function localOf(digits: string, text: string, field: string): number {
  try {
    return parseLocal(digits);
  } catch (cause) {
    throw refused(text, field, cause);
  }
}

function refused(text: string, field: string, cause?: unknown): StatInputError {
  return new StatInputError(
    `${field}: "${text}" is not a time; write 2021-11-26T20:30, or with an offset 2021-11-26T20:30Z`,
    { cause },
  );
}
