import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { datesOf } from "#core/protected-time/session.ts";
import { assumedHours } from "#core/protected-time/settings.ts";
import { addDays, hourMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { keepRecord } from "#server/protected-time/keep-record.ts";
import { pastVisits } from "#server/protected-time/past-visits.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { deletePlace, type SavedPlaceRow } from "#server/protected-time/queries/places-saved.ts";
import {
  loadPoliceCame,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";

/**
 * Removes a place with its past sessions, of which only whether they were kept clear is left. What is
 * closed stays closed: a place goes only when none of its sessions closes a moment of today or later,
 * be it called off or not, so that nothing that police are shown changes with it.
 */
export async function removePlace(
  tx: Transaction,
  moment: Moment,
  place: SavedPlaceRow,
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
  await deletePlace(tx, { partnerId: place.partnerId, id: place.id });
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
