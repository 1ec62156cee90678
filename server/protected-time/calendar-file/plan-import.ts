import { createHash } from "node:crypto";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { groundFault, type Venue } from "#core/protected-time/ground.ts";
import { isSamePlace, type LatticePlace, snapToLattice } from "#core/protected-time/lattice.ts";
import { footprintGroundFault, type PatrolGround } from "#core/protected-time/patrol-ground.ts";
import {
  type CalendarEntry,
  type RejectedEntry,
  readWholeCalendar,
} from "#core/protected-time/read-calendar.ts";
import type { EntrySession } from "#core/protected-time/weekly.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import type { SavedPlaceRow } from "#server/protected-time/places.ts";

export type ImportPlace = SavedPlace | VenuePlace;
type SavedPlace = Pick<SavedPlaceRow, "id" | "kind" | "lattice" | "classM" | "cells">;
interface VenuePlace extends LatticePlace {
  readonly id: null;
  readonly cells: readonly H3Cell[];
}

interface PlannedSession extends EntrySession {
  readonly place: ImportPlace;
}

interface PlannedEntry {
  readonly uidHash: string;
  readonly sessions: readonly PlannedSession[];
  /** From its first visit to the horizon, each counted once however many places it closes. */
  readonly occurrences: number;
}

type RejectedLine = Pick<RejectedEntry, "line" | "reason">;

export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly rejected: readonly RejectedLine[];
  readonly isCutOff: boolean;
}

export interface ImportQuestion extends Moment {
  readonly text: string;
  readonly radiusM: number;
  /** Oldest first. */
  readonly places: readonly SavedPlace[];
  /** Null while no boundary of the command is stored. */
  readonly ground: PatrolGround | null;
}

const mostRejected = 30;

export function planImport(question: ImportQuestion): Result<ImportPlan> {
  const calendar = readWholeCalendar(question);
  if (!calendar.ok) return calendar;
  const rejected: RejectedLine[] = calendar.value.rejected.map(({ line, reason }) => ({
    line,
    reason,
  }));
  const placesOf = placeFinder(question);
  const entries: PlannedEntry[] = [];
  let isCutOff = false;
  for (const entry of calendar.value.entries) {
    const sessions = placedSessions(entry, placesOf);
    if (!sessions.ok) {
      rejected.push({ line: entry.line, reason: sessions.reason });
      continue;
    }
    const { uid, occurrences } = entry;
    const uidHash = createHash("sha256").update(uid).digest("hex");
    entries.push({ uidHash, sessions: sessions.value, occurrences });
    isCutOff ||= entry.isCutOff;
  }
  rejected.sort((a, b) => a.line - b.line);
  if (rejected.length > mostRejected) {
    const [first] = rejected;
    return failure(
      `More than ${mostRejected} entries cannot be read. The first, line ${first?.line}: ${first?.reason}`,
    );
  }
  return success({ entries, rejected, isCutOff });
}

function placedSessions(
  entry: CalendarEntry,
  placesOf: ReturnType<typeof placeFinder>,
): Result<readonly PlannedSession[]> {
  const sessions: PlannedSession[] = [];
  let inherited: readonly ImportPlace[] | null = null;
  for (const part of entry.parts) {
    const places = placesOf(part.venueAt, part.isChange ? inherited : null);
    if (!places.ok) return places;
    if (!part.isChange) inherited = places.value;
    for (const place of places.value) {
      sessions.push(...part.sessions.map((session) => ({ ...session, place })));
    }
  }
  return success(sessions);
}

/**
 * Venues of one lattice cell are one place, a saved one if any; one inside a saved place keeps its
 * cells. An entry without a place takes that of the entry it changes, else every saved place of its
 * partner: closing too much is safe.
 */
function placeFinder({ places, radiusM, ground }: ImportQuestion) {
  const known: ImportPlace[] = [...places];
  return (
    venueAt: Position | null,
    inherited: readonly ImportPlace[] | null,
  ): Result<readonly ImportPlace[]> => {
    if (venueAt === null) {
      const found = inherited ?? places;
      return found.length > 0
        ? success(found)
        : failure("It has no place (GEO), and the partner has no saved place.");
    }
    const venue: Venue = { kind: "circle", at: venueAt, radiusM };
    const fault = groundFault(venue, ground);
    if (fault !== null) return failure(`GEO: ${fault}`);
    const snapped = snapToLattice(venue, false, known);
    const held = known.find((place) => isSamePlace(snapped, place));
    if (held) return success([held]);
    const cells = footprintOf(snapped);
    const beyond = ground && footprintGroundFault(ground, cells);
    if (beyond !== null) return failure(`GEO: ${beyond}`);
    const place: VenuePlace = { id: null, ...snapped, cells };
    known.push(place);
    return success([place]);
  };
}
