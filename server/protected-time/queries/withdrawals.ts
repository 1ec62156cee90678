import type { Transaction } from "#server/db/database.ts";

/** Windows that have not begun are no longer available. */
export async function withdrawWaiting(
  tx: Transaction,
  windowIds: readonly string[],
  now: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'unavailable', closed_at = $2::timestamptz
     where id = any($1::bigint[]) and status = 'agreed' and starts_at >= $2::timestamptz`,
    [windowIds, new Date(now)],
  );
}

/** Windows under way end at this moment. */
export async function cutRunning(
  tx: Transaction,
  windowIds: readonly string[],
  now: number,
): Promise<void> {
  await tx.query(
    `update patrol_window
     set status = 'called_off', closed_at = $2::timestamptz, ends_at = $2::timestamptz
     where id = any($1::bigint[])
       and status = 'agreed'
       and starts_at < $2::timestamptz
       and ends_at > $2::timestamptz`,
    [windowIds, new Date(now)],
  );
}

/** Gives back what these windows would still have occupied. */
export async function freeOccupancy(
  tx: Transaction,
  windowIds: readonly string[],
  now: number,
): Promise<void> {
  await tx.query(
    `delete from occupancy
     where window_id = any($1::bigint[]) and lower(during) >= $2::timestamptz`,
    [windowIds, new Date(now)],
  );
  await tx.query(
    `update occupancy
     set during = tstzrange(lower(during), $2::timestamptz, '[)')
     where window_id = any($1::bigint[]) and upper(during) > $2::timestamptz`,
    [windowIds, new Date(now)],
  );
}

/**
 * A printed sheet of these plans no longer stands. Where none left since the number changed last, it stays: one for each
 * session in the way would count them.
 */
export async function revisePlansOf(tx: Transaction, windowIds: readonly string[]): Promise<void> {
  await tx.query(
    `update patrol_plan
     set revision = revision + 1
     where id in (select plan_id from patrol_window where id = any($1::bigint[]))
       and exists (
         select from sheet_issue
         where sheet_issue.plan_id = patrol_plan.id and sheet_issue.revision = patrol_plan.revision
       )`,
    [windowIds],
  );
}
