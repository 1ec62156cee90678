import { z } from "zod";
import { date, instant } from "#core/contract/fields.ts";
import { placePack } from "#core/place-pack.ts";
import { area, edgeLine, gazetteer } from "#core/places/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import * as stored from "#server/places/areas.ts";
import type { BundledPlaces } from "#server/places/check-pack.ts";

/** Which pack is in, as `setting` holds it. */
export const heldPlaces = z.strictObject({
  digest: z.string(),
  /** Absent in databases from before there were packs. */
  pack: placePack.optional(),
  /** Time zone of sessions; absent likewise. */
  timeZone: z.string().optional(),
});
export type HeldPlaces = z.infer<typeof heldPlaces>;

/** One set of places, whole: what `place_move.content` holds. Wards, LSOAs and beats follow no pack. */
const keptPlaces = z.strictObject({
  held: heldPlaces,
  areas: z.array(area),
  edges: z.array(edgeLine),
  gazetteer,
  /** The row of imported boroughs, where their lines are in `areas`. */
  boroughSet: z.record(z.string(), z.unknown()).nullable(),
});
export type KeptPlaces = z.infer<typeof keptPlaces>;

const packKinds = ["borough", "neighbour", "neighbourhood"] as const;
const ofPack: readonly string[] = packKinds;

/** Null before any places are in. */
export async function readPlaces(tx: Transaction): Promise<KeptPlaces | null> {
  const held = await readSetting<HeldPlaces>(tx, stored.placesKey);
  if (held === null) return null;
  const areas = await stored.loadAreas(tx);
  return {
    held,
    areas: areas.filter(({ kind }) => ofPack.includes(kind)),
    edges: await stored.loadEdges(tx),
    gazetteer: await stored.loadGazetteer(tx),
    boroughSet: await tx.value(
      z.record(z.string(), z.unknown()),
      sql`select to_jsonb(boundary_set) from boundary_set where kind = 'borough'`,
    ),
  };
}

/** In place of those that are in; a set of imported boroughs goes with its lines. */
export async function writePlaces(tx: Transaction, places: BundledPlaces): Promise<void> {
  await stored.deleteAreas(tx, packKinds);
  await stored.deleteBoundarySet(tx, "borough");
  await stored.insertAreas(tx, places.areas);
  await stored.replaceEdges(tx, places.edges);
  await stored.replaceGazetteer(tx, places.gazetteer);
}

/** As they were, with the head of their pack. */
export async function bringBack(tx: Transaction, { held, boroughSet, ...places }: KeptPlaces) {
  await writePlaces(tx, places);
  if (boroughSet !== null) {
    await tx.run(sql`insert into boundary_set
      select * from jsonb_populate_record(null::boundary_set, ${JSON.stringify(boroughSet)}::jsonb)`);
  }
  await writeSetting(tx, stored.placesKey, held);
}

const placesLock = 7341;

/** Held while the command that moves places runs. */
export const lockPlaces = (tx: Transaction): Promise<void> =>
  tx.run(sql`select pg_advisory_xact_lock(${placesLock}::bigint)`);

/** For whoever opens a database with the places that are in. */
export const areMoving = async (tx: Transaction): Promise<boolean> =>
  (await tx.value(
    z.boolean(),
    sql`select pg_try_advisory_xact_lock_shared(${placesLock}::bigint)`,
  )) !== true;

/** Also where they were brought back. */
export const wasMoved = async (tx: Transaction): Promise<boolean> =>
  (await tx.value(z.boolean(), sql`select exists (select from place_move)`)) === true;

export const placeMove = z.object({ number: z.int(), movedOn: date });
export type PlaceMove = z.infer<typeof placeMove>;

/** Moves in force, the first one first; those that were taken back are none. */
export const loadMoves = (tx: Transaction): Promise<PlaceMove[]> =>
  tx.rows(
    placeMove,
    sql`select number, moved_on from place_move where returned_at is null order by number`,
  );

const lastMove = placeMove.extend({
  movedAt: instant,
  /** Whether the places of before can still be brought back. */
  isOpen: z.boolean(),
});

export const loadLastMove = (tx: Transaction) =>
  tx.maybe(
    lastMove,
    sql`select number, moved_on, moved_at, now() <= moved_at + interval '7 days' as is_open
      from place_move where returned_at is null order by number desc limit 1`,
  );

/** The places that a move left. */
export async function loadKept(tx: Transaction, number: number): Promise<KeptPlaces> {
  const content = await tx.value(
    z.string(),
    sql`select content from place_move where number = ${number}`,
  );
  if (content === null) throw new Error(`There is no move ${number} of places`);
  return keptPlaces.parse(JSON.parse(content));
}

export const keepMove = (
  tx: Transaction,
  before: KeptPlaces,
  move: { readonly movedOn: string; readonly movedBy: string; readonly toCode: string },
): Promise<void> =>
  tx.run(sql`insert into place_move (moved_on, moved_by, to_code, last_draft, content)
    select ${move.movedOn}::date, ${move.movedBy}::text, ${move.toCode}::text,
      coalesce(max(id), 0), ${JSON.stringify(before)}::text
    from release_draft`);

export const noteReturn = (tx: Transaction, number: number, person: string): Promise<void> =>
  tx.run(sql`update place_move set returned_at = now(), returned_by = ${person}
    where number = ${number} and returned_at is null`);
