import { z } from "zod";
import type { Body } from "#core/contract/call.ts";
import { eventCell } from "#core/contract/event-cell.ts";
import { columnTypes, instant } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
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
import {
  type outreachCalls,
  type SavedPlaceReply,
  savedPlace,
} from "#core/protected-time/wire/outreach.ts";
import { addDays, hourMs } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { keepRecord, loadPoliceCame, pastVisits } from "#server/protected-time/past-visits.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";

const latticeCell = z.custom<H3Cell>().register(columnTypes, { type: "cell" });

const savedPlaceRow = z.object({
  id: z.string(),
  key: z.string(),
  partnerId: z.string(),
  label: z.string(),
  kind: savedPlace.shape.kind,
  /** Empty for a place that was saved before there was a lattice. */
  lattice: z.array(latticeCell).readonly(),
  classM: savedPlace.shape.classM,
  cells: z.array(eventCell).readonly(),
  usedAt: instant,
});
export type SavedPlaceRow = Readonly<z.infer<typeof savedPlaceRow>>;

const savedPlaces = sql`
  select id, key, partner_id, label, kind, class_m,
    array(select unnest(lattice) order by 1) as lattice,
    array(select unnest(footprint) order by 1) as cells,
    greatest(
      saved_at,
      (
        select max(created_at) from outreach_session
        where outreach_session.partner_id = saved_place.partner_id and place_id = saved_place.id
      )
    ) as used_at
  from saved_place`;

/** One partner's places, oldest first. */
export const loadSavedPlaces = (tx: Transaction, partnerId: string) =>
  tx.rows(savedPlaceRow, sql`${savedPlaces} where partner_id = ${partnerId} order by id`);

const placeByKey = (tx: Transaction, partnerId: string, key: string) =>
  tx.maybe(savedPlaceRow, sql`${savedPlaces} where partner_id = ${partnerId} and key = ${key}`);

/** Another partner's counts as missing. */
export async function ownPlace(
  tx: Transaction,
  partnerId: string,
  key: string,
): Promise<SavedPlaceRow> {
  const place = await placeByKey(tx, partnerId, key);
  if (place) return place;
  throw new Problem(404, "No such place", "You have no saved place with this number.");
}

export interface PlaceDraft {
  /** Idempotency key from the page; else made by the database. */
  readonly key?: string | undefined;
  readonly partnerId: string;
  readonly label: string;
  readonly kind: PlaceKind;
  /** Snapped by core/protected-time/lattice.ts where the venue is known: browser or import. */
  readonly lattice: readonly string[];
  readonly classM: number;
  readonly now: number;
}

const mostPlaces = 200;

/**
 * Stores lattice cells, class and label; the venue never reaches the server. The footprint derives
 * from the first two alone, so that places with equal cells and class are closed alike.
 */
export async function savePlace(
  tx: Transaction,
  { key, partnerId, now, ...draft }: PlaceDraft,
  /** Null without a boundary, or when already checked. */
  ground: PatrolGround | null,
): Promise<SavedPlaceRow> {
  const label = checkLabel(draft.label);
  const place = readLatticePlace(draft, ground);
  if (!place.ok) throw notSaved(place.reason);
  const { kind, lattice, classM } = place.value;
  const cells = footprintOf(place.value);
  const beyond = ground && footprintGroundFault(ground, cells);
  if (beyond !== null) throw notSaved(beyond);
  const held = sql`select count(*) from saved_place where partner_id = ${partnerId}`;
  if (((await tx.value(z.int(), held)) ?? 0) >= mostPlaces) {
    throw notSaved(`There are ${mostPlaces} places already.`);
  }
  const fields = {
    ...(key === undefined ? {} : { key }),
    partnerId,
    label,
    kind,
    classM,
    lattice: lattice.map(cellToDecimal),
    footprint: cells.map(cellToDecimal),
    savedAt: new Date(now),
  };
  const made = z.object({ id: z.string() });
  const { id } = await tx.one(made, sql`${insertInto("saved_place", fields)} returning id`);
  return tx.one(savedPlaceRow, sql`${savedPlaces} where id = ${id}`);
}

function checkLabel(text: string): string {
  const label = readPlaceLabel(text);
  if (!label.ok) throw notSaved(label.reason);
  return label.value;
}

const notSaved = (detail: string) => new Problem(422, "Place not saved", detail);

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
 * Removes a place with its past sessions, keeping only whether they were kept clear. Closures stay:
 * a place is removable only when none of its sessions, called off or not, closes a moment of today
 * or later, so that nothing shown to police changes.
 */
export async function removePlace(
  tx: Transaction,
  moment: Moment,
  { id, partnerId }: Pick<SavedPlaceRow, "id" | "partnerId">,
): Promise<void> {
  // No session may be saved there in between.
  await lockOccupancy(tx);
  const sessions = await loadSessions(tx, { placeId: id });
  if (sessions.some((session) => session.endedAt === null && isAhead(moment, session))) {
    throw notRemoved("A session still goes there: cancel its sessions first.");
  }
  if (sessions.some((session) => isShown(moment, session))) {
    throw notRemoved(
      "Police are still shown its time of today or of a late cancelling: remove it the day after.",
    );
  }
  const reports = await loadPoliceCame(tx, partnerId);
  await keepRecord(tx, await pastVisits(tx, moment, sessions, reports));
  // Cascades to its sessions, their notices, reports and protected time.
  await tx.run(sql`delete from saved_place where partner_id = ${partnerId} and id = ${id}`);
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

const notRemoved = (detail: string) => new Problem(409, "Place not removed", detail);

export async function listOwnPlaces(act: Act) {
  const ground = await patrolGround(act);
  return asPartner(act, async (own) => {
    const reply = await placesReply(own, ground);
    act.addDetail({ places: reply.places.length });
    return reply;
  });
}

export async function addPlace(
  act: Act,
  body: Body<typeof outreachCalls.addPlace>,
): Promise<SavedPlaceReply> {
  const ground = await patrolGround(act);
  return asPartner(act, async ({ tx, partnerId, now }) => {
    const held = body.key === undefined ? null : await placeByKey(tx, partnerId, body.key);
    const place = held ?? (await savePlace(tx, { ...body, partnerId, now }, ground));
    act.addDetail({ place: place.key, ...(held ? { again: true } : {}) });
    return placeReply(place);
  });
}

export async function renamePlace(act: Act, key: string, label: string) {
  const ground = await patrolGround(act);
  return asPartner(act, async ({ tx, partnerId }) => {
    act.addDetail({ place: key });
    await tx.run(
      sql`update saved_place set label = ${checkLabel(label)}
        where partner_id = ${partnerId} and key = ${key}`,
    );
    return placeOn(ground, await ownPlace(tx, partnerId, key));
  });
}

export async function removeOwnPlace(act: Act, key: string) {
  const ground = await patrolGround(act);
  return asPartner(act, async (own) => {
    act.addDetail({ place: key });
    await removePlace(own.tx, own, await ownPlace(own.tx, own.partnerId, key));
    return placesReply(own, ground);
  });
}

/** A place on ground that left with a move stays, with its sessions, and its partner reads so. */
async function placesReply({ tx, partnerId }: Own, ground: PatrolGround | null) {
  const places = await loadSavedPlaces(tx, partnerId);
  return { places: places.map((place) => placeOn(ground, place)) };
}

function placeOn(ground: PatrolGround | null, place: SavedPlaceRow): SavedPlaceReply {
  const beyond = ground && footprintGroundFault(ground, place.cells);
  return { ...placeReply(place), ...(beyond === null ? {} : { beyond }) };
}

/** Random keys only, never running numbers. */
function placeReply({ id: _, partnerId: _partner, key, ...place }: SavedPlaceRow): SavedPlaceReply {
  return { id: key, ...place, lattice: [...place.lattice], cells: [...place.cells] };
}
