import { createClocks } from "#core/calendar/clock.ts";
import { type Entry, readEntry } from "#core/calendar/entry.ts";
import { readLines } from "#core/calendar/lines.ts";
import type { Position } from "#core/geo/cell.ts";
import { type EntrySessions, type Moment, sessionsOf } from "#core/protected-time/repeats.ts";
import type { EntrySession } from "#core/protected-time/weekly.ts";
import { failure, type Result, success } from "#core/result.ts";

export interface CalendarEntry {
  readonly uid: string;
  readonly line: number;
  /** Title and location in the file: shown only to the file's own reader. */
  readonly title: string;
  readonly location: string;
  readonly isAllDay: boolean;
  /** None when it was called off. */
  readonly parts: readonly CalendarPart[];
  /** From its first visit to the horizon. */
  readonly occurrences: number;
  /** Kept as dates up to the horizon; its rule continues. */
  readonly isCutOff: boolean;
}

export interface CalendarPart {
  readonly line: number;
  readonly isChange: boolean;
  /** GEO; null for the entry's own, or none. */
  readonly venueAt: Position | null;
  readonly sessions: readonly EntrySession[];
}

export interface RejectedEntry {
  readonly line: number;
  readonly title: string;
  readonly reason: string;
}

export interface ReadCalendar {
  readonly entries: readonly CalendarEntry[];
  readonly rejected: readonly RejectedEntry[];
}

export interface CalendarQuestion extends Moment {
  readonly text: string;
}

/** How far a reading has come; hours of rules take a while on a phone. */
export interface ReadingProgress {
  readonly done: number;
  readonly of: number;
}

/**
 * Reads a calendar file (RFC 5545), both on a partner's own device and by `import-calendar`. Yields
 * after each entry, so that a page can show progress and stop.
 */
export function* readCalendar(
  question: CalendarQuestion,
): Generator<ReadingProgress, Result<ReadCalendar>> {
  const calendar = readLines(question.text);
  if (!calendar.ok) return calendar;
  const { entries: raws, zones, isCancellation } = calendar.value;
  if (raws.length === 0) return failure("The calendar has no entries: export it again.");
  const clocks = createClocks(question.zone, zones);
  const rejected: RejectedEntry[] = [];
  const read: Entry[] = [];
  const of = 2 * raws.length;
  for (const raw of raws) {
    const entry = readEntry(raw, { clocks, isCancellation });
    if (entry.ok) read.push(entry.value);
    else {
      const name = raw.properties.find((property) => property.name === "SUMMARY");
      const title = name?.value.slice(0, 120) ?? "";
      rejected.push({ line: raw.line, title, reason: entry.reason });
    }
    yield { done: read.length + rejected.length, of };
  }
  const entries: CalendarEntry[] = [];
  let done = raws.length;
  for (const group of groupByUid(read).values()) {
    const entry = readGroup(group, question, rejected);
    if (entry !== null) entries.push(entry);
    done += group.length;
    yield { done, of };
  }
  rejected.sort((a, b) => a.line - b.line);
  return success({ entries, rejected });
}

export function readWholeCalendar(question: CalendarQuestion): Result<ReadCalendar> {
  const reading = readCalendar(question);
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

function groupByUid(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.uid) ?? [];
    group.push(entry);
    groups.set(entry.uid, group);
  }
  return groups;
}

function readGroup(
  group: readonly Entry[],
  moment: Moment,
  rejected: RejectedEntry[],
): CalendarEntry | null {
  const changes = group.filter((entry) => entry.changes !== null);
  const mains = group.filter((entry) => entry.changes === null);
  const changed = changes.flatMap((change) => change.changes ?? []);
  const read: { readonly main: Entry; readonly own: EntrySessions }[] = [];
  for (const main of mains) {
    const own = main.isCancelled ? success(noSessions) : sessionsOf(main, moment, changed);
    if (own.ok) read.push({ main, own: own.value });
    else rejected.push({ line: main.line, title: main.title, reason: own.reason });
  }
  const [first] = read;
  if (first === undefined) {
    for (const { line, title } of changes) {
      const reason =
        "It changes a repeat whose main entry is not in this file, or could not be read.";
      rejected.push({ line, title, reason });
    }
    return null;
  }
  const isOff = read.every(({ main }) => main.isCancelled);
  const moved = isOff ? [] : changes.filter((entry) => !entry.isCancelled);
  const instead = moved.flatMap((change) => changedPart(change, moment));
  const parts = read.map(
    ({ main: { line, venueAt }, own: { sessions } }): CalendarPart => ({
      line,
      isChange: false,
      venueAt,
      sessions,
    }),
  );
  const { uid, line, title, location, isAllDay } = first.main;
  return {
    uid,
    line,
    title,
    location,
    isAllDay,
    parts: [...parts, ...instead].filter(({ sessions }) => sessions.length > 0),
    occurrences: read.reduce((sum, { own }) => sum + own.occurrences, 0) + instead.length,
    isCutOff: read.some(({ own }) => own.isCutOff),
  };
}

const noSessions: EntrySessions = { sessions: [], occurrences: 0, isCutOff: false };

/** A single visit, so this cannot fail. */
function changedPart(change: Entry, moment: Moment): CalendarPart[] {
  const single = sessionsOf({ ...change, repeat: null, extra: [], except: [] }, moment, []);
  if (!single.ok) return [];
  const { line, venueAt } = change;
  return [{ line, isChange: true, venueAt, sessions: single.value.sessions }];
}
