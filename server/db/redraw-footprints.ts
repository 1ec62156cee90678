import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { grownCells } from "#core/geo/grown-cells.ts";
import type { Transaction } from "#server/db/database.ts";

/**
 * Recomputes the footprint of every place from its lattice cells and class
 * (core/protected-time/footprint.ts). Its sessions' closures follow at the next server start,
 * before the first answer: patrols in the way are withdrawn as for a late session
 * (`extendClosures`). Until then the old closures hold, which contain the true area too.
 */
export async function redrawFootprints(tx: Transaction): Promise<void> {
  const places = await tx.query<{ id: string; lattice: H3Cell[]; classM: number | null }>(
    `select id::text as "id", class_m::int as "classM",
       array(select to_hex(given.cell) from unnest(lattice) as given (cell) order by 1) as "lattice"
     from saved_place
     where lattice is not null`,
  );
  for (const { id, lattice, classM } of places) {
    // Never: a place with a lattice has a class (saved_place_lattice_whole).
    if (classM === null) continue;
    await tx.query(
      `with redrawn as (
         update saved_place set footprint = $2::bigint[]
         where id = $1::bigint and footprint <> $2::bigint[]
         returning id
       )
       update outreach_session set closed_until = null
       where place_id in (select id from redrawn) and ended_at is null`,
      [id, grownCells(lattice, classM, 1).map(cellToDecimal)],
    );
  }
}
