import type { StudySet } from "#core/places/study-set.ts";
import { footprintOf, readPlaceLabel } from "#core/protected-time/footprint.ts";
import type { PlaceKind } from "#core/protected-time/ground.ts";
import { readLatticePlace } from "#core/protected-time/lattice.ts";
import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import {
  footprintGroundFault,
  type PatrolGround,
  patrolGroundOf,
} from "#core/protected-time/patrol-ground.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { datesOf } from "#core/protected-time/session.ts";
import { assumedHours } from "#core/protected-time/settings.ts";
import { addDays, hourMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { keepRecord, pastVisits } from "#server/protected-time/past-visits.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import * as sql from "#server/protected-time/queries/places-saved.ts";
import {
  loadPoliceCame,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";

export interface PlaceDraft {
  /** Drawn by the page, so that what is sent twice is saved once. */
  readonly key?: string | undefined;
  readonly partnerId: string;
  readonly label: string;
  readonly kind: PlaceKind;
  /** Snapped by core/protected-time/lattice.ts where the venue is known: the partner's browser, an import. */
  readonly lattice: readonly string[];
  readonly classM: number;
  readonly now: number;
}

const mostPlaces = 200;

/**
 * Keeps lattice cells, class and label; the venue never gets here. The footprint is made of the first two alone,
 * so that every place of the same cells and class is closed as the same.
 */
export async function savePlace(
  tx: Transaction,
  draft: PlaceDraft,
  /** Null where no boundary is stored, or where it was asked before. */
  ground: PatrolGround | null,
): Promise<sql.SavedPlaceRow> {
  const label = checkLabel(draft.label);
  const place = readLatticePlace(draft, ground);
  if (!place.ok) throw new Problem(422, "Place not saved", place.reason);
  const cells = footprintOf(place.value);
  const beyond = ground && footprintGroundFault(ground, cells);
  if (beyond !== null) throw new Problem(422, "Place not saved", beyond);
  const existing = await sql.loadSavedPlaces(tx, draft.partnerId);
  if (existing.length >= mostPlaces) {
    throw new Problem(422, "Place not saved", `There are ${mostPlaces} places already.`);
  }
  return sql.insertPlace(tx, { ...draft, ...place.value, label, cells });
}

/** The label is all that can be changed of a saved place. */
export async function relabelPlace(
  tx: Transaction,
  place: { readonly partnerId: string; readonly key: string; readonly label: string },
): Promise<sql.SavedPlaceRow> {
  const renamed = await sql.renamePlace(tx, { ...place, label: checkLabel(place.label) });
  if (renamed === null) throw placeNotFound();
  return renamed;
}

/** One of the partner's own places; another's does not exist. */
export async function ownPlace(
  tx: Transaction,
  partnerId: string,
  key: string,
): Promise<sql.SavedPlaceRow> {
  const place = (await sql.loadSavedPlaces(tx, partnerId)).find((one) => one.key === key);
  if (place === undefined) throw placeNotFound();
  return place;
}

function placeNotFound(): Problem {
  return new Problem(404, "No such place", "You have no saved place with this number.");
}

function checkLabel(text: string): string {
  const label = readPlaceLabel(text);
  if (!label.ok) throw new Problem(422, "Place not saved", label.reason);
  return label.value;
}

const made = new WeakMap<StudySet, PatrolGround>();

/**
 * Where patrols can be. Null while no boundary of the command is stored: nothing is planned then,
 * so nothing is refused. Ask before a transaction: it opens one of its own.
 */
export async function patrolGround(services: Pick<Services, "db">): Promise<PatrolGround | null> {
  try {
    const { command } = await placesOf(services);
    const ground = made.get(command) ?? patrolGroundOf(command);
    made.set(command, ground);
    return ground;
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/**
 * Removes a place with its past sessions, of which only whether they were kept clear is left. What is
 * closed stays closed: a place goes only when none of its sessions closes a moment of today or later,
 * be it called off or not, so that nothing that police are shown changes with it.
 */
export async function removePlace(
  tx: Transaction,
  moment: Moment,
  place: sql.SavedPlaceRow,
): Promise<void> {
  // No session may be saved there in between.
  await lockOccupancy(tx);
  const sessions = await loadSessions(tx, { partnerId: place.partnerId });
  const own = sessions.filter((session) => session.placeId === place.id);
  if (own.some((session) => session.endedAt === null && isAhead(moment, session))) {
    throw notRemoved("A session still goes there: cancel its sessions first.");
  }
  if (own.some((session) => isShown(moment, session))) {
    throw notRemoved(
      "Police are still shown its time of today or of a late cancelling: remove it the day after.",
    );
  }
  const reports = await loadPoliceCame(tx, place.partnerId);
  await keepRecord(tx, await pastVisits(tx, moment, own, reports));
  await sql.deletePlace(tx, { partnerId: place.partnerId, id: place.id });
}

/** Beyond the horizon too: an imported single session may lie a year ahead. */
function isAhead({ zone, now }: Moment, { rule }: SessionRow): boolean {
  const yesterday = addDays(zone.dateOf(now), -1);
  return datesOf(rule, yesterday, "2099-12-31").some(
    (date) => occurrenceOn(zone, rule, date).closedTo > now,
  );
}

/** Police see all of today, and in an unconfirmed week an hour more on each side. */
function isShown({ zone, now }: Moment, session: SessionRow): boolean {
  const from = zone.startOfDate(zone.dateOf(now)) - assumedHours * hourMs;
  return occurrencesBetween(zone, session, { from, to: horizonOf(now) }).length > 0;
}

function notRemoved(detail: string): Problem {
  return new Problem(409, "Place not removed", detail);
}
