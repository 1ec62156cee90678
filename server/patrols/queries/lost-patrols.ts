import type { Transaction } from "#server/db/database.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";

/** Takes a lost patrol off the list of what is to be replaced, or puts it back there; false where it was not lost. */
export async function setDismissed(
  tx: Transaction,
  { planId, label }: Pick<WindowRow, "planId" | "label">,
  dismissed: boolean,
): Promise<boolean> {
  const rows = await tx.query(
    `update patrol_window
     set dismissed = $3::boolean, replaced_by = null
     where plan_id = $1::bigint and label = $2::text and status in ('unavailable', 'called_off')
     returning 1`,
    [planId, label, dismissed],
  );
  return rows.length > 0;
}

/** A lost patrol is off that list for as long as the one in its place stands; false where it was not lost. */
export async function setReplaced(
  tx: Transaction,
  { planId, label }: Pick<WindowRow, "planId" | "label">,
  by: Pick<WindowRow, "planId" | "label">,
): Promise<boolean> {
  const rows = await tx.query(
    `update patrol_window
     set replaced_by = other.id
     from patrol_window as other
     where patrol_window.plan_id = $1::bigint
       and patrol_window.label = $2::text
       and patrol_window.status in ('unavailable', 'called_off')
       and other.plan_id = $3::bigint
       and other.label = $4::text
     returning 1`,
    [planId, label, by.planId, by.label],
  );
  return rows.length > 0;
}
