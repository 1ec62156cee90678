import { cellToDecimal } from "#core/geo/cell.ts";
import { minuteMs } from "#core/time/zone.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { agreedWindow } from "#tests/support/outreach.ts";

/** An approved window with a stop of 15 minutes in each of its cells, 20 minutes apart. */
export function agreedWalk(
  db: Database,
  { unit = 1, ...window }: Parameters<typeof agreedWindow>[1] & { readonly unit?: number },
): Promise<{ windowId: string; planId: string }> {
  return db.transaction(ownerActor, async (tx) => {
    const made = await agreedWindow(tx, window);
    await tx.query("update patrol_window set label = 'w1', unit = $2 where id = $1::bigint", [
      made.windowId,
      unit,
    ]);
    for (const [ordinal, cell] of window.cells.entries()) {
      const arrive = window.from + ordinal * 20 * minuteMs;
      await tx.query(
        `insert into patrol_stop (window_id, ordinal, cell, arrives_at, departs_at)
         values ($1::bigint, $2, $3::bigint, $4, $5)`,
        [
          made.windowId,
          ordinal,
          cellToDecimal(cell),
          new Date(arrive),
          new Date(arrive + 15 * minuteMs),
        ],
      );
    }
    return made;
  });
}
