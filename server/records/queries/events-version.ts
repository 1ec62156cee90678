import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

/**
 * Changes with every import, undo, merge and removal of old events, making results computed from
 * events stale.
 */
export async function eventsVersion(tx: Transaction): Promise<string> {
  const version = sql`select count(*) filter (where undone_at is null)::text || ' '
      || coalesce(max(id), 0)::text || ' '
      || (select count(*)::text from event_removal where erased_at is not null) || ' '
      || (
        select count(*)::text || ' ' || coalesce(max(id), 0)::text
        from event_match
        where merged_into is not null
      )
    from batch`;
  return (await tx.value(z.string(), version)) ?? "";
}

/** Throws for roles that may not read events. */
export async function readableEventsVersion(tx: Transaction): Promise<string> {
  await tx.run(sql`select from event limit 0`);
  return eventsVersion(tx);
}
