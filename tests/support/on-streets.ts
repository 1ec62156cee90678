import { cellAt, cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { type Leg, legCells } from "#core/patrols/ground/leg.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { insertLegs } from "#server/patrols/queries/patrol-windows.ts";
import type { NewEvent } from "#server/records/queries/event-arrays.ts";
import { storeReports } from "#tests/support/store-reports.ts";

/** Ways between the stops of one approved patrol that was planned without streets: the first along a street, the others not. */
export async function addLegs(db: Database): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    const [window] = await tx.query<{ id: string; cells: string[] }>(
      `select window_id::text as "id", array_agg(to_hex(cell) order by ordinal) as "cells"
       from patrol_stop
       join patrol_window on patrol_window.id = window_id
       where status = 'agreed'
       group by window_id
       having count(*) > 2
       order by window_id
       limit 1`,
    );
    if (!window) throw new Error("No approved patrol has stops");
    const cells = window.cells as H3Cell[];
    const legs = cells.slice(1).map((to, at): Leg => {
      const from = cells[at] as H3Cell;
      const [lng, lat] = cellCentre(from);
      const line = at === 0 ? [cellCentre(from), [lng + 1e-5, lat] as const] : null;
      const words = line ? "east on Fore Street" : "";
      return { line, cells: legCells(from, to), metres: 120.5, seconds: 90.25, words };
    });
    await insertLegs(tx, [{ id: window.id, legs }]);
  });
}

/** One report that lies on a stretch of street. */
export async function addOnStreet(db: Database): Promise<void> {
  const startsAt = Date.parse("2021-11-05T22:30Z");
  const event: NewEvent = {
    cell: cellAt([-0.0631, 51.6179], 10),
    kind: "complaint",
    source: "resident",
    category: "asb",
    startsAt,
    endsAt: startsAt,
    street: { segment: 7, network: "0123456789abcdef" },
  };
  await storeReports(db, [event]);
}
