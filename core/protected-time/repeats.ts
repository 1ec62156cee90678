import { localBy, type WrittenTime } from "#core/calendar/clock.ts";
import type { Entry, Visit } from "#core/calendar/entry.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { datesOf, type SessionRule } from "#core/protected-time/session.ts";
import { asWeekly, type EntrySession, type Expansion } from "#core/protected-time/weekly.ts";
import { failure, type Result, success } from "#core/result.ts";
import { addDays, dayMs, formatLocal, formatLocalDate, type Zone } from "#core/time/zone.ts";

export interface EntrySessions {
  readonly sessions: readonly EntrySession[];
  /** From its first visit to the horizon. */
  readonly occurrences: number;
  /** Kept as dates up to the horizon, although the rule continues. */
  readonly isCutOff: boolean;
}

export interface Moment {
  readonly zone: Zone;
  readonly now: number;
}

/** How long past visits are kept: sessions are erased 14 days after they end. */
const pastDays = 60;
const mostDates = 800;

/**
 * Daily and weekly rules become open-ended weekly sessions; anything these cannot express exactly
 * becomes dates up to the horizon. `instead`: visits that other entries change.
 */
export function sessionsOf(
  entry: Entry,
  moment: Moment,
  instead: readonly WrittenTime[],
): Result<EntrySessions> {
  const out = leftOut(entry, instead);
  if (entry.repeat === null) {
    const kept = [entry, ...entry.extra].filter(({ start }) => !out.isOut(start));
    return success(once(entry, kept, moment.zone));
  }
  try {
    const expansion = expand(entry, moment);
    if (expansion === null) return failure("Its repeat rule gives no visit at all.");
    const extra = once(
      entry,
      entry.extra.filter(({ start }) => !out.isOut(start)),
      moment.zone,
    );
    const ruled = asWeekly(entry, expansion, out.isOut);
    if (ruled === null) {
      return withExtra(asDates(entry, expansion, { out, zone: moment.zone }), extra);
    }
    return success({
      sessions: [...ruled.flatMap((one) => inPieces(one, entry)), ...extra.sessions],
      occurrences: countTo(ruled, expansion.to) + extra.occurrences,
      isCutOff: false,
    });
  } catch {
    // The expansion gives up after some thousand steps, as on 30 February of every year.
    return failure("Its repeat rule gives no visit, or more than can be read.");
  }
}

/** Exceptions: a time removes the visit that starts then, a date that day's. */
function leftOut(entry: Entry, instead: readonly WrittenTime[]) {
  const written = [...entry.except, ...instead];
  const times = new Set(
    written.filter(({ isDate }) => !isDate).map((one) => localBy(entry.clock, one)),
  );
  const dates = new Set(written.filter(({ isDate }) => isDate).map(({ local }) => local));
  const isOut = (start: number) => times.has(start) || dates.has(Math.floor(start / dayMs) * dayMs);
  return { isOut };
}

function expand(entry: Entry, { now }: Moment): Expansion | null {
  const { repeat, start, clock } = entry;
  if (repeat === null) return null;
  const { between } = repeat.rule;
  const from = Math.max(start, clock.toLocal(now) - pastDays * dayMs);
  const to = Math.max(clock.toLocal(horizonOf(now)), from);
  const visits = between(from, to);
  if (visits.length === 0 && between(start, start + 3_650 * dayMs).length === 0) return null;
  const { toLocal } = clock;
  return { parts: repeat.parts, first: start, from, to, visits, between, toLocal };
}

function asDates(
  entry: Entry,
  { visits, from, to, first }: Expansion,
  { out, zone }: { readonly out: ReturnType<typeof leftOut>; readonly zone: Zone },
): Result<EntrySessions> {
  const lasts = entry.end - entry.start;
  // The start counts as a visit even where its own rule passes it over (RFC 5545, 3.8.5.3).
  const all = new Set(first >= from ? [first, ...visits] : visits);
  const kept = [...all].filter((start) => !out.isOut(start));
  if (kept.length > mostDates) {
    return failure(`Its repeat rule gives more than ${mostDates} dates: give it an end.`);
  }
  const dates = kept.map((start) => ({ start, end: start + lasts }));
  const isCutOff = entry.repeat?.rule.goesOnAfter(to) ?? false;
  return success({ ...once(entry, dates, zone), isCutOff });
}

function withExtra(dates: Result<EntrySessions>, extra: EntrySessions): Result<EntrySessions> {
  if (!dates.ok) return dates;
  return success({
    sessions: [...dates.value.sessions, ...extra.sessions],
    occurrences: dates.value.occurrences + extra.occurrences,
    isCutOff: dates.value.isCutOff,
  });
}

function once(entry: Entry, visits: readonly Visit[], zone: Zone): EntrySessions {
  const { clock } = entry;
  const ours = (local: number) => (clock.isOwn ? local : zone.toLocal(clock.toInstant(local)));
  const sessions = visits.flatMap(({ start, end }) => {
    const rule = onceAt(ours(start), ours(end));
    return inPieces({ rule, except: [] }, { start: ours(start), end: ours(end) });
  });
  return { sessions, occurrences: visits.length, isCutOff: false };
}

/** One visit of at most a day, from local milliseconds. */
function onceAt(start: number, end: number): SessionRule {
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

/** Splits a visit of over a day into 24-hour ones: they touch, and close as one. */
function inPieces(session: EntrySession, visit: Visit): EntrySession[] {
  const days = Math.ceil((visit.end - visit.start) / dayMs);
  if (days === 1) return [session];
  return byDay(session).flatMap((one) => piecesOf(one, { days, end: visit.end }));
}

/** One session per weekday: shifted by a day, some fall in another week. */
function byDay({ rule, except }: EntrySession): EntrySession[] {
  const { days, firstDate, everyWeeks } = rule;
  if (days === undefined) return [{ rule, except }];
  return datesOf(rule, firstDate, addDays(firstDate, 7 * everyWeeks - 1)).map((date) => {
    const alone = { ...rule, firstDate: date, days: undefined };
    return { rule: alone, except: except.filter((out) => datesOf(alone, out, out).length > 0) };
  });
}

function piecesOf(
  { rule, except }: EntrySession,
  { days, end }: { readonly days: number; readonly end: number },
): EntrySession[] {
  return Array.from({ length: days }, (_, piece) => ({
    rule: {
      ...laterBy(rule, piece),
      end: piece + 1 < days ? rule.start : formatLocal(end).slice(11),
    },
    except: except.map((date) => addDays(date, piece)),
  }));
}

function laterBy(rule: SessionRule, days: number): SessionRule {
  if (days === 0) return rule;
  const firstDate = addDays(rule.firstDate, days);
  const until = rule.until === null ? null : addDays(rule.until, days);
  return { ...rule, firstDate, until };
}

function countTo(sessions: readonly EntrySession[], to: number): number {
  const last = formatLocalDate(to);
  return sessions.reduce((sum, { rule, except }) => {
    const dates = datesOf(rule, rule.firstDate, last);
    return sum + dates.filter((date) => !except.includes(date)).length;
  }, 0);
}
