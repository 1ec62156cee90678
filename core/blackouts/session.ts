import { failure, type Result, success } from "#core/result.ts";
import { dayMs, formatLocalDate, parseLocal, parseLocalDate } from "#core/time/zone.ts";

/** When a partner goes out: wall-clock times of London. */
export interface SessionRule {
  readonly repeats: "once" | "weekly";
  /** 1 for every week; 2 to 8 for every second to eighth. */
  readonly everyWeeks: number;
  /** `YYYY-MM-DD`: the date itself, or the first of the repeats; it sets the weekday. */
  readonly firstDate: string;
  /** `HH:MM` */
  readonly start: string;
  /** `HH:MM`; at or before `start` means on the next day. */
  readonly end: string;
  /** Last date on which it may start; null goes on. */
  readonly until: string | null;
}

/** A date on which a repeating session does not take place. */
export interface SessionException {
  readonly date: string;
  /** When it was called off (epoch milliseconds); null when it was never going to take place. */
  readonly toldAt: number | null;
}

export interface Session {
  readonly rule: SessionRule;
  readonly exceptions: readonly SessionException[];
  /** When the whole session was called off; null while it goes on. */
  readonly endedAt: number | null;
}

const lastDate = "2099-12-31";

/** A rule as it may be saved, or what to mend. */
export function checkRule(rule: SessionRule): Result<SessionRule> {
  const fault = dateFault("first date", rule.firstDate) ?? timeFault(rule) ?? repeatFault(rule);
  return fault === null ? success(rule) : failure(fault);
}

function dateFault(what: string, date: string): string | null {
  try {
    parseLocalDate(date);
  } catch {
    return `The ${what} "${date.slice(0, 20)}" is not a date: write it as 2021-11-26.`;
  }
  return date >= "2000-01-01" && date <= lastDate
    ? null
    : `The ${what} must lie between 2000 and 2099, not ${date}.`;
}

function timeFault(rule: SessionRule): string | null {
  for (const time of [rule.start, rule.end]) {
    try {
      parseLocal(`2000-01-01T${time}`);
    } catch {
      return `"${time.slice(0, 20)}" is not a time of day: write it as 19:30.`;
    }
  }
  return rule.start === rule.end
    ? "A session must end after it starts; start and end are the same time."
    : null;
}

function repeatFault(rule: SessionRule): string | null {
  const { repeats, everyWeeks, until } = rule;
  if (!(Number.isInteger(everyWeeks) && everyWeeks >= 1 && everyWeeks <= 8)) {
    return "A session repeats every 1 to 8 weeks.";
  }
  if (repeats === "once") {
    return everyWeeks === 1 && until === null
      ? null
      : "A single session has no repeat and no last date.";
  }
  if (until === null) return null;
  const fault = dateFault("last date", until);
  if (fault !== null) return fault;
  return until >= rule.firstDate ? null : "The last date lies before the first one.";
}

/** The dates, ascending, on which a rule starts within [from, to] inclusive, exceptions included. */
export function datesOf(rule: SessionRule, from: string, to: string): string[] {
  const first = parseLocalDate(rule.firstDate);
  const last = rule.repeats === "once" ? rule.firstDate : (rule.until ?? lastDate);
  const end = parseLocalDate(last < to ? last : to);
  const step = rule.everyWeeks * 7 * dayMs;
  const skipped = Math.max(0, Math.ceil((parseLocalDate(from) - first) / step));
  const dates: string[] = [];
  for (let day = first + skipped * step; day <= end; day += step) dates.push(formatLocalDate(day));
  return dates;
}
