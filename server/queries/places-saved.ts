import type { PlaceKind } from "#core/blackouts/outline-check.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

export interface SavedPlaceRow {
  readonly id: string;
  readonly key: string;
  readonly partnerId: string;
  readonly label: string;
  readonly kind: PlaceKind;
  /** Of a circle its radius; of an area or a corridor half of its greatest extent. */
  readonly radiusM: number;
  readonly cells: readonly H3Cell[];
  readonly savedAt: number;
}

const placeColumns = `
  saved_place.id::text as "id",
  saved_place.key::text as "key",
  saved_place.partner_id::text as "partnerId",
  saved_place.label as "label",
  saved_place.kind as "kind",
  saved_place.radius_m::int as "radiusM",
  array(
    select to_hex(footprint.cell) from unnest(saved_place.footprint) as footprint (cell) order by 1
  ) as "cells",
  (extract(epoch from saved_place.saved_at) * 1000)::float8 as "savedAt"`;

export async function insertPlace(
  tx: Transaction,
  place: {
    /** Drawn by the page; else by the database. */
    readonly key?: string | undefined;
    readonly partnerId: string;
    readonly label: string;
    readonly kind: PlaceKind;
    readonly radiusM: number;
    readonly cells: readonly H3Cell[];
    readonly now: number;
  },
): Promise<SavedPlaceRow> {
  const rows = await tx.query<SavedPlaceRow>(
    `insert into saved_place (partner_id, label, kind, radius_m, footprint, saved_at, key)
     values (
       $1::bigint, $2::text, $3::text, $4::int, $5::bigint[], $6::timestamptz,
       coalesce($7::uuid, gen_random_uuid())
     )
     returning ${placeColumns}`,
    [
      place.partnerId,
      place.label,
      place.kind,
      place.radiusM,
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
