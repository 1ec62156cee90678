import { horizonOf } from "#core/blackouts/protected.ts";
import type { SessionRule } from "#core/blackouts/session.ts";
import { failure, type Result, success } from "#core/result.ts";
import { dayMs, formatLocal, type Zone } from "#core/time/zone.ts";
import type { Entry, Repeat } from "#server/outreach/calendar-file/entry.ts";
import { asWeekly } from "#server/outreach/calendar-file/weekly.ts";

/** An entry as sessions that can be stored. */
export interface EntrySessions {
  readonly sessions: readonly { readonly rule: SessionRule; readonly except: readonly string[] }[];
  /** Kept as dates that end at the horizon although the rule goes on. */
  readonly isCutOff: boolean;
}

/** A repeat with its visits near today, from node-ical's own expansion; instants. */
export interface Expansion {
  readonly parts: ReadonlyMap<string, string>;
  readonly first: number;
  /** The window is [from, to]; visits in it, ascending. */
  readonly from: number;
  readonly to: number;
  readonly visits: readonly number[];
  readonly excluded: ReadonlySet<number>;
  readonly between: (from: number, to: number) => number[];
}

interface Moment {
  readonly zone: Zone;
  readonly now: number;
}

/** Dates of the past are kept for so long, to answer for plans made then. */
const pastDays = 400;
const mostDates = 800;
const mostVisits = 5_000;

/**
 * Rules of days and weeks become weekly sessions, known for ever. Whatever those cannot say
 * exactly becomes its dates up to the horizon.
 */
export function sessionsOf(entry: Entry, moment: Moment): Result<EntrySessions> {
  const { repeat } = entry;
  if (repeat === null) {
    const rule = onceAt(entry.start, entry.end);
    return success({ sessions: [{ rule, except: [] }], isCutOff: false });
  }
  const parts = readParts(repeat.text);
  const fault = partsFault(parts);
  if (fault !== null) return failure(fault);
  try {
    const expansion = expand(repeat, parts, moment);
    if (expansion === null) return failure("Its repeat rule gives no visit at all.");
    const weekly = asWeekly(entry, expansion, moment.zone);
    if (weekly !== null) return success({ sessions: weekly, isCutOff: false });
    return asDates(entry, repeat, { expansion, zone: moment.zone });
  } catch {
    // The expansion gives up after 10,000 steps, as on 30 February of every year.
    return failure("Its repeat rule gives no visit, or more than can be read.");
  }
}

function readParts(rule: string): Map<string, string> {
  return new Map(
    rule.split(";").map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name.trim(), value.trim()] as const;
    }),
  );
}

function partsFault(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get("FREQ") ?? "";
  if (["SECONDLY", "MINUTELY", "HOURLY"].includes(frequency)) {
    return `Its repeat rule is ${frequency.toLowerCase()}: sessions repeat by days, weeks, months or years.`;
  }
  if (Number(parts.get("COUNT") ?? 1) > mostVisits) {
    return `Its repeat rule counts more than ${mostVisits} visits: leave the count out.`;
  }
  return null;
}

function expand(
  { rule, start, exdates }: Repeat,
  parts: ReadonlyMap<string, string>,
  { now }: Moment,
): Expansion | null {
  const between = (from: number, to: number) =>
    rule
      .between(new Date(Math.max(from, start)), new Date(to), true)
      .map((visit) => visit.getTime())
      .sort((a, b) => a - b);
  const from = Math.max(start, now - pastDays * dayMs);
  const to = Math.max(horizonOf(now), from);
  const visits = between(from, to);
  if (visits.length === 0 && between(start, start + 3_650 * dayMs).length === 0) return null;
  // A date alone takes the whole day out; a time only the visit that starts just then.
  const excluded = exdates.flatMap(({ at, isWholeDay }) =>
    at === start ? [at] : between(at, at + (isWholeDay ? dayMs - 1 : 0)),
  );
  return { parts, first: start, from, to, visits, excluded: new Set(excluded), between };
}

function asDates(
  entry: Entry,
  { rule, lengthMs }: Repeat,
  { expansion, zone }: { readonly expansion: Expansion; readonly zone: Zone },
): Result<EntrySessions> {
  const { visits, excluded, from, first } = expansion;
  // The start counts as a visit even where its own rule passes it over (RFC 5545, 3.8.5.3).
  const all = new Set(first >= from ? [first, ...visits] : visits);
  const kept = [...all].filter((at) => !excluded.has(at));
  if (kept.length > mostDates) {
    return failure(`Its repeat rule gives more than ${mostDates} dates: give it an end.`);
  }
  const ruleOn = (at: number): SessionRule =>
    entry.isWallClock && !movesTheHour(expansion.parts)
      ? { ...onceAt(entry.start, entry.end), firstDate: zone.dateOf(at) }
      : onceAt(zone.toLocal(at), zone.toLocal(at + lengthMs));
  return success({
    sessions: kept.map((at) => ({ rule: ruleOn(at), except: [] })),
    isCutOff: rule.after(new Date(expansion.to)) !== undefined,
  });
}

function movesTheHour(parts: ReadonlyMap<string, string>): boolean {
  return ["BYHOUR", "BYMINUTE", "BYSECOND"].some((name) => parts.has(name));
}

/** One visit, from local milliseconds. */
export function onceAt(start: number, end: number): SessionRule {
  const [firstDate = "", startTime = ""] = formatLocal(start).split("T");
  return {
    repeats: "once",
    everyWeeks: 1,
    firstDate,
    start: startTime,
    end: formatLocal(end).slice(11),
    until: null,
  };
}
