import { drawFootprint, findHolding, type Venue, venueFault } from "#core/blackouts/footprint.ts";
import { type PatrolGround, venueGroundFault } from "#core/blackouts/patrol-ground.ts";
import { horizonOf } from "#core/blackouts/protected.ts";
import { datesOf, type SessionRule } from "#core/blackouts/session.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
import { type Entry, readEntry } from "#server/outreach/calendar-file/entry.ts";
import { readLines } from "#server/outreach/calendar-file/lines.ts";
import { type EntrySessions, onceAt, sessionsOf } from "#server/outreach/calendar-file/repeats.ts";
import type { Moment } from "#server/outreach/close-sessions.ts";

/** A place that a session of the file is closed at: saved before, or drawn for this import. */
export interface ImportPlace {
  /** Null until it is stored. */
  readonly id: string | null;
  readonly cells: readonly H3Cell[];
  readonly radiusM: number;
}

export interface PlannedSession {
  readonly place: ImportPlace;
  readonly rule: SessionRule;
  readonly except: readonly string[];
}

/** All that one UID of the file asks for; no session when it was called off. */
interface PlannedEntry {
  readonly uidHash: string;
  readonly sessions: readonly PlannedSession[];
  /** From its first visit to the horizon, each counted once however many places it closes. */
  readonly occurrences: number;
}

interface RejectedLine {
  readonly line: number;
  readonly reason: string;
}

export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly rejected: readonly RejectedLine[];
  readonly isCutOff: boolean;
}

export interface ImportQuestion extends Moment {
  readonly text: string;
  readonly radiusM: number;
  /** The partner's saved places, oldest first. */
  readonly places: readonly ImportPlace[];
  readonly random: () => number;
  /** Null while no boundary of the command is stored. */
  readonly ground: PatrolGround | null;
}

const mostRejected = 30;

/** What a calendar file asks for, with nothing stored yet. */
export function planImport(question: ImportQuestion): Result<ImportPlan> {
  const calendar = readLines(question.text);
  if (!calendar.ok) return calendar;
  const { entries: raws, zones, isCancellation } = calendar.value;
  if (raws.length === 0) return failure("The calendar has no entries: export it again.");
  const rejected: RejectedLine[] = [];
  const entries: Entry[] = [];
  for (const raw of raws) {
    const entry = readEntry(raw, { zone: question.zone, zones, isCancellation });
    if (entry.ok) entries.push(entry.value);
    else rejected.push({ line: raw.line, reason: entry.reason });
  }
  const atlas = createAtlas(question);
  const planned: PlannedEntry[] = [];
  let isCutOff = false;
  for (const group of groupByUid(entries).values()) {
    if (rejected.length > mostRejected) break;
    const found = planGroup(group, { question, atlas, rejected });
    if (found === null) continue;
    planned.push(found.entry);
    isCutOff ||= found.isCutOff;
  }
  if (rejected.length > mostRejected) {
    const [first] = rejected;
    return failure(
      `More than ${mostRejected} entries cannot be read. The first, line ${first?.line}: ${first?.reason}`,
    );
  }
  rejected.sort((a, b) => a.line - b.line);
  return success({ entries: planned, rejected, isCutOff });
}

function groupByUid(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.uidHash);
    if (group === undefined) groups.set(entry.uidHash, [entry]);
    else group.push(entry);
  }
  return groups;
}

interface Planning {
  readonly question: ImportQuestion;
  readonly atlas: Atlas;
  readonly rejected: RejectedLine[];
}

/** The main entries of one UID with the visits that others change. */
function planGroup(
  group: readonly Entry[],
  { question, atlas, rejected }: Planning,
): { entry: PlannedEntry; isCutOff: boolean } | null {
  const sessions: PlannedSession[] = [];
  let occurrences = 0;
  let isCutOff = false;
  let isRead = false;
  const changes = group.filter((entry) => entry.changes !== null);
  for (const main of group.filter((entry) => entry.changes === null)) {
    const read = planMain(main, { changes, question, atlas });
    if (!read.ok) {
      rejected.push({ line: main.line, reason: read.reason });
      continue;
    }
    isRead = true;
    sessions.push(...read.value.sessions);
    occurrences += read.value.occurrences;
    isCutOff ||= read.value.isCutOff;
  }
  if (!isRead) {
    for (const change of changes) {
      rejected.push({
        line: change.line,
        reason: "It changes a repeat whose main entry is not in this file, or could not be read.",
      });
    }
    return null;
  }
  const [{ uidHash }] = group as [Entry];
  return { entry: { uidHash, sessions, occurrences }, isCutOff };
}

function planMain(
  main: Entry,
  given: { changes: readonly Entry[]; question: ImportQuestion; atlas: Atlas },
): Result<Omit<PlannedEntry, "uidHash"> & { isCutOff: boolean }> {
  const { changes, question, atlas } = given;
  if (main.isCancelled) return success({ sessions: [], occurrences: 0, isCutOff: false });
  const places = atlas.placesOf(main, null);
  if (!places.ok) return places;
  const own = sessionsOf(main, question);
  if (!own.ok) return own;
  const parts = [
    { places: places.value, sessions: withoutDates(own.value.sessions, changes.map(changedDate)) },
  ];
  for (const change of changes.filter((entry) => !entry.isCancelled)) {
    const moved = atlas.placesOf(change, places.value);
    if (!moved.ok) return moved;
    const sessions = [{ rule: onceAt(change.start, change.end), except: [] }];
    parts.push({ places: moved.value, sessions });
  }
  const horizon = question.zone.dateOf(horizonOf(question.now));
  return success({
    sessions: parts.flatMap((part) =>
      part.places.flatMap((place) => part.sessions.map((session) => ({ ...session, place }))),
    ),
    occurrences: parts
      .flatMap((part) => part.sessions)
      .reduce((sum, session) => sum + visitsOf(session, horizon), 0),
    isCutOff: own.value.isCutOff,
  });
}

function changedDate(entry: Entry): string {
  return entry.changes?.date ?? "";
}

function withoutDates(
  sessions: EntrySessions["sessions"],
  dates: readonly string[],
): EntrySessions["sessions"] {
  return sessions
    .filter(({ rule }) => rule.repeats === "weekly" || !dates.includes(rule.firstDate))
    .map(({ rule, except }) => {
      const hit = dates.filter((date) => datesOf(rule, date, date).length > 0);
      return { rule, except: [...new Set([...except, ...hit])] };
    });
}

function visitsOf({ rule, except }: EntrySessions["sessions"][number], horizon: string): number {
  return datesOf(rule, rule.firstDate, horizon).filter((date) => !except.includes(date)).length;
}

interface Atlas {
  readonly placesOf: (
    entry: Entry,
    inherited: readonly ImportPlace[] | null,
  ) => Result<readonly ImportPlace[]>;
}

/**
 * One footprint for each venue: a place that already holds it is used again, for two offsets of
 * one venue could be averaged. An entry without a place of its own takes that of the entry it
 * changes, else every saved place of its partner: closing too much is safe.
 */
function createAtlas({ places, radiusM, random, ground }: ImportQuestion): Atlas {
  const known = [...places];
  return {
    placesOf: ({ venueAt }, inherited) => {
      if (venueAt === null) {
        const found = inherited ?? places;
        return found.length > 0
          ? success(found)
          : failure("It has no place (GEO), and the partner has no saved place.");
      }
      const venue: Venue = { at: venueAt, radiusM };
      const fault = venueFault(venue) ?? (ground && venueGroundFault(ground, venue));
      if (fault !== null) return failure(`GEO: ${fault}`);
      const held = findHolding(known, venue);
      if (held !== null) return success([held]);
      const drawn = { id: null, radiusM, cells: drawFootprint(venue, random) };
      known.push(drawn);
      return success([drawn]);
    },
  };
}
