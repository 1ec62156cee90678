import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { PlaceKind } from "#core/protected-time/ground.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import type { RadiusClass } from "#core/protected-time/settings.ts";
import type { Transaction } from "#server/db/database.ts";

export interface SavedPlaceRow {
  readonly id: string;
  readonly key: string;
  readonly partnerId: string;
  readonly label: string;
  readonly kind: PlaceKind;
  /** Empty for a place that was saved before there was a lattice. */
  readonly lattice: readonly H3Cell[];
  readonly classM: RadiusClass | null;
  /** Its protected footprint. */
  readonly cells: readonly H3Cell[];
  /** When a session was last saved at it, or it itself. */
  readonly usedAt: number;
}

const placeColumns = `
  saved_place.id::text as "id",
  saved_place.key::text as "key",
  saved_place.partner_id::text as "partnerId",
  saved_place.label as "label",
  saved_place.kind as "kind",
  array(
    select to_hex(given.cell) from unnest(saved_place.lattice) as given (cell) order by 1
  ) as "lattice",
  saved_place.class_m::int as "classM",
  array(
    select to_hex(footprint.cell) from unnest(saved_place.footprint) as footprint (cell) order by 1
  ) as "cells",
  (extract(epoch from greatest(
    saved_place.saved_at,
    (
      select max(outreach_session.created_at)
      from outreach_session
      where outreach_session.partner_id = saved_place.partner_id
        and outreach_session.place_id = saved_place.id
    )
  )) * 1000)::float8 as "usedAt"`;

export async function insertPlace(
  tx: Transaction,
  place: {
    /** Drawn by the page; else by the database. */
    readonly key?: string | undefined;
    readonly partnerId: string;
    readonly label: string;
    readonly cells: readonly H3Cell[];
    readonly now: number;
  } & LatticePlace,
): Promise<SavedPlaceRow> {
  const rows = await tx.query<SavedPlaceRow>(
    `insert into saved_place (partner_id, label, kind, lattice, class_m, footprint, saved_at, key)
     values (
       $1::bigint, $2::text, $3::text, $4::bigint[], $5::int, $6::bigint[], $7::timestamptz,
       coalesce($8::uuid, gen_random_uuid())
     )
     returning ${placeColumns}`,
    [
      place.partnerId,
      place.label,
      place.kind,
      place.lattice.map(cellToDecimal),
      place.classM,
      place.cells.map(cellToDecimal),
      new Date(place.now),
      place.key ?? null,
    ],
  );
  return rows[0] as SavedPlaceRow;
}

/** One partner's places, oldest first. */
export function loadSavedPlaces(tx: Transaction, partnerId: string): Promise<SavedPlaceRow[]> {
  return tx.query<SavedPlaceRow>(
    `select ${placeColumns}
     from saved_place
     where saved_place.partner_id = $1::bigint
     order by saved_place.id`,
    [partnerId],
  );
}

export async function renamePlace(
  tx: Transaction,
  place: { readonly partnerId: string; readonly key: string; readonly label: string },
): Promise<SavedPlaceRow | null> {
  const rows = await tx.query<SavedPlaceRow>(
    `update saved_place
     set label = $3::text
     where saved_place.partner_id = $1::bigint and saved_place.key = $2::uuid
     returning ${placeColumns}`,
    [place.partnerId, place.key, place.label],
  );
  return rows[0] ?? null;
}

/** With its sessions, their notices, reports and protected time: ask first whether they are over. */
export async function deletePlace(
  tx: Transaction,
  place: { readonly partnerId: string; readonly id: string },
): Promise<void> {
  await tx.query(
    `delete from saved_place
     where saved_place.partner_id = $1::bigint and saved_place.id = $2::bigint`,
    [place.partnerId, place.id],
  );
}
