import type { z } from "zod";
import { secondPersonCells, secondPersonHours } from "#core/protected-time/settings.ts";
import type { sessionRule } from "#core/protected-time/wire/outreach.ts";
import { failure, type Result, success } from "#core/result.ts";
import {
  addDays,
  dayMs,
  formatLocalDate,
  minuteMs,
  parseLocal,
  parseLocalDate,
} from "#core/time/zone.ts";

export type SessionRule = z.infer<typeof sessionRule>;

export interface SessionException {
  readonly date: string;
  /** When it was called off (epoch milliseconds); null when it was never going to take place. */
  readonly toldAt: number | null;
}

export interface Session {
  readonly rule: SessionRule;
  readonly exceptions: readonly SessionException[];
  /** When the whole session was called off; null while active. */
  readonly endedAt: number | null;
}

const lastDate = "2099-12-31";

interface RuleFault {
  readonly field: Exclude<keyof SessionRule, "repeats">;
  readonly reason: string;
}

export function checkRule(rule: SessionRule): Result<SessionRule> {
  const fault = ruleFaults(rule)[0];
  return fault === undefined ? success(rule) : failure(fault.reason);
}

/** In field order; at most one fault per field. */
export function ruleFaults(rule: SessionRule): RuleFault[] {
  const { firstDate, start, end, repeats, everyWeeks, until, days = [] } = rule;
  const faults: RuleFault[] = [];
  const note = (field: RuleFault["field"], reason: string | null) => {
    if (reason !== null) faults.push({ field, reason });
  };
  note("firstDate", dateFault("first date", firstDate));
  note("start", timeFault(start));
  note("end", timeFault(end));
  if (!(Number.isInteger(everyWeeks) && everyWeeks >= 1 && everyWeeks <= 8)) {
    note("everyWeeks", "A session repeats every 1 to 8 weeks.");
  } else if (repeats === "once" && (everyWeeks !== 1 || until !== null)) {
    note("everyWeeks", "A single session has no repeat and no last date.");
  }
  if (repeats === "weekly" && until !== null) {
    const isBefore = until < firstDate ? "The last date lies before the first one." : null;
    note("until", dateFault("last date", until) ?? isBefore);
  }
  note("days", days.length === 0 ? null : daysFault(rule, days));
  return faults;
}

function dateFault(what: string, date: string): string | null {
  try {
    parseLocalDate(date);
  } catch {
    return date === ""
      ? `Give the ${what}.`
      : `The ${what} "${date.slice(0, 20)}" is not a date: write it as 2021-11-26.`;
  }
  return date >= "2000-01-01" && date <= lastDate
    ? null
    : `The ${what} must lie between 2000 and 2099.`;
}

function timeFault(time: string): string | null {
  try {
    parseLocal(`2000-01-01T${time}`);
    return null;
  } catch {
    return time === ""
      ? "Give a time of day, such as 19:30."
      : `"${time.slice(0, 20)}" is not a time of day: write it as 19:30.`;
  }
}

function daysFault(rule: SessionRule, days: readonly number[]): string | null {
  if (rule.repeats === "once") return "A single session has one day: its date.";
  const known = days.filter((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  if (known.length !== days.length || new Set(days).size !== days.length) {
    return "The days of the week are numbers from 1 (Monday) to 7 (Sunday), each once.";
  }
  if (dateFault("first date", rule.firstDate) !== null) return null;
  return days.includes(weekdayOf(rule.firstDate))
    ? null
    : "The first date must fall on one of the days on which the session repeats.";
}

/** Wall-clock length of one visit, in minutes. */
export function lengthMinutes({ start, end }: Pick<SessionRule, "start" | "end">): number {
  const minutes = (parseLocal(`2000-01-01T${end}`) - parseLocal(`2000-01-01T${start}`)) / minuteMs;
  return minutes > 0 ? minutes : minutes + dayMs / minuteMs;
}

/** Monday 1 to Sunday 7. */
export function weekdayOf(date: string): number {
  return ((new Date(parseLocalDate(date)).getUTCDay() + 6) % 7) + 1;
}

/** Weekdays of a weekly rule, ascending. */
export function daysOf({ days = [], firstDate }: Pick<SessionRule, "days" | "firstDate">) {
  return days.length > 0 ? [...days].sort((a, b) => a - b) : [weekdayOf(firstDate)];
}

/** Start dates of a rule within [from, to], ascending, exceptions included. */
export function datesOf(rule: SessionRule, from: string, to: string): string[] {
  const first = parseLocalDate(rule.firstDate);
  const last = rule.repeats === "once" ? rule.firstDate : (rule.until ?? lastDate);
  const end = parseLocalDate(last < to ? last : to);
  const start = Math.max(first, parseLocalDate(from));
  const monday = first - (weekdayOf(rule.firstDate) - 1) * dayMs;
  const step = rule.everyWeeks * 7 * dayMs;
  const days = daysOf(rule);
  const dates: string[] = [];
  const skipped = Math.max(0, Math.floor((start - monday) / step));
  for (let week = monday + skipped * step; week <= end; week += step) {
    for (const day of days) {
      const at = week + (day - 1) * dayMs;
      if (at >= start && at <= end) dates.push(formatLocalDate(at));
    }
  }
  return dates;
}

/** Moves the first date to the next one on its weekdays. */
export function startingOnItsDays(rule: SessionRule): SessionRule {
  const { days = [], firstDate } = rule;
  return days.length === 0 ? rule : { ...rule, firstDate: firstDateOn(days, firstDate) };
}

export function firstDateOn(days: readonly number[], from: string): string {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const date = addDays(from, ahead);
    if (days.includes(weekdayOf(date))) return date;
  }
  return from;
}

interface Closing {
  readonly cells: readonly string[];
  readonly rule: SessionRule;
}

/**
 * Why a second person of the partner is asked about a closure, or null. It takes effect at once
 * anyway: a mistake costs a patrol a detour, waiting could cost more.
 */
export function secondPersonReason({ cells, rule }: Closing): string | null {
  const isLarge = cells.length > secondPersonCells;
  const isLong = lengthMinutes(rule) > secondPersonHours * 60;
  const large = "larger than about 1.5 km across";
  const long = `longer than ${secondPersonHours} hours`;
  if (isLarge && isLong) return `${large} and ${long}`;
  if (isLarge) return large;
  return isLong ? long : null;
}
