import { RRuleTemporal } from "rrule-temporal";
import { failure, type Result, success } from "#core/result.ts";
import { dayMs, formatLocal } from "#core/time/zone.ts";

/** The parts of a repeat rule (RFC 5545, 3.3.10), by name. */
export type RuleParts = ReadonlyMap<string, string>;

const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const tooOften = ["SECONDLY", "MINUTELY", "HOURLY"];
const mostVisits = 1_000;
const mostTimesOfDay = 8;

export function readRule(text: string): Result<RuleParts> {
  const parts = new Map(
    text
      .split(";")
      .filter((part) => part.trim() !== "")
      .map((part) => {
        const [name = "", value = ""] = part.split("=");
        return [name.trim().toUpperCase(), value.trim().toUpperCase()] as const;
      }),
  );
  const fault = frequencyFault(parts.get("FREQ")) ?? partsFault(parts) ?? oftenFault(parts);
  return fault === null ? success(parts) : failure(fault);
}

function frequencyFault(frequency: string | undefined): string | null {
  if (frequency !== undefined && tooOften.includes(frequency)) {
    return `Its repeat rule is ${frequency.toLowerCase()}: sessions repeat by days, weeks, months or years.`;
  }
  if (frequency !== undefined && frequencies.includes(frequency)) return null;
  return "Its repeat rule (RRULE) cannot be read: it says not how often.";
}

function partsFault(parts: RuleParts): string | null {
  for (const [name, value] of parts) {
    if (name === "FREQ") continue;
    if (!(partCheck[name]?.(value) ?? false)) {
      return `Its repeat rule cannot be read: "${`${name}=${value}`.slice(0, 40)}".`;
    }
  }
  return null;
}

function oftenFault(parts: RuleParts): string | null {
  if (Number(parts.get("COUNT") ?? 1) > mostVisits) {
    return `Its repeat rule counts more than ${mostVisits} visits: leave the count out.`;
  }
  const times = ["BYHOUR", "BYMINUTE", "BYSECOND"].reduce(
    (product, name) => product * (parts.get(name)?.split(",").length ?? 1),
    1,
  );
  return times <= mostTimesOfDay
    ? null
    : `Its repeat rule gives more than ${mostTimesOfDay} visits a day: enter one session for the whole time.`;
}

/** An end beyond what can be stored counts as no end. */
const farYear = 2099;

/**
 * Rule text for wall-clock expansion: a last instant becomes the entry's own clock, a last date the
 * end of that day.
 */
export function wallClockRule(parts: RuleParts, toLocal: (instant: number) => number): string {
  const until = untilOf(parts, toLocal);
  const kept = [...parts].filter(([name]) => name !== "UNTIL");
  const words = kept.map(([name, value]) => `${name}=${value}`);
  if (until !== null) words.push(`UNTIL=${formatLocal(until).replace(/[-:]/g, "")}59Z`);
  return words.join(";");
}

/** Local milliseconds of the last minute a visit may start; null: no end. */
export function untilOf(parts: RuleParts, toLocal: (instant: number) => number): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$/.exec(
    parts.get("UNTIL") ?? "",
  );
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour, minute] = found.slice(1, 6).map(Number);
  if (year >= farYear) return null;
  const date = Date.UTC(year, month - 1, day);
  if (found[4] === undefined) return date + dayMs - 60_000;
  const local = Date.UTC(year, month - 1, day, hour, minute);
  return found[6] === undefined ? local : toLocal(local);
}

/** A repeat rule over wall-clock time: local milliseconds in, local milliseconds out, ascending. */
export interface WallRule {
  /** Visits in [from, to]. */
  readonly between: (from: number, to: number) => number[];
  readonly goesOnAfter: (local: number) => boolean;
}

/** Steps in which nothing is found: enough for a leap day that falls on a Monday, and no more. */
const mostSteps = 5_000;

/**
 * The library counts in UTC, in days of 24 hours; core/time handles clock changes, with both
 * readings of a doubled hour. Throws for a rule without occurrences.
 */
export function wallRule(text: string, start: number): WallRule {
  const digits = formatLocal(start).replace(/[-:]/g, "");
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${digits}00\nRRULE:${text}`,
    maxIterations: mostSteps,
  });
  return {
    between: (from, to) =>
      rule
        .between(new Date(Math.max(from, start)), new Date(to), true)
        .map((visit) => visit.epochMilliseconds)
        .sort((a, b) => a - b),
    goesOnAfter: (local) => rule.next(new Date(local)) !== null,
  };
}

const whole = /^\d{1,4}$/;
const weekday = /^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/;
/** What each part may hold: the library ignores unknown values and repeats too often. */
const partCheck: Readonly<Record<string, (value: string) => boolean>> = {
  INTERVAL: (value) => whole.test(value) && Number(value) > 0,
  COUNT: (value) => /^\d{1,9}$/.test(value),
  UNTIL: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value),
  WKST: (value) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  BYDAY: (value) =>
    each(value, (one) => weekday.test(one) && Math.abs(Number.parseInt(one, 10) || 1) <= 53),
  BYMONTH: (value) => each(value, (one) => isWithin(one, 1, 12)),
  BYMONTHDAY: (value) => each(value, (one) => isFromEitherEnd(one, 31)),
  BYYEARDAY: (value) => each(value, (one) => isFromEitherEnd(one, 366)),
  BYWEEKNO: (value) => each(value, (one) => isFromEitherEnd(one, 53)),
  BYSETPOS: (value) => each(value, (one) => isFromEitherEnd(one, 366)),
  BYHOUR: (value) => each(value, (one) => isWithin(one, 0, 23)),
  BYMINUTE: (value) => each(value, (one) => isWithin(one, 0, 59)),
  BYSECOND: (value) => each(value, (one) => isWithin(one, 0, 60)),
};

function each(list: string, isRight: (one: string) => boolean): boolean {
  return list.split(",").every(isRight);
}

function isWithin(text: string, least: number, most: number): boolean {
  return whole.test(text) && Number(text) >= least && Number(text) <= most;
}

function isFromEitherEnd(text: string, most: number): boolean {
  return isWithin(text.replace(/^[+-]/, ""), 1, most);
}
