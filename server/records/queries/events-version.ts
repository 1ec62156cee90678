import type { Transaction } from "#server/db/database.ts";

/**
 * Changes with every import, undo, merge and removal of old events: what was reckoned from events is
 * stale then.
 */
export async function eventsVersion(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ version: string }>(
    `select count(*) filter (where undone_at is null)::text || ' '
       || coalesce(max(id), 0)::text || ' '
       || (select count(*)::text from event_removal where erased_at is not null) || ' '
       || (
         select count(*)::text || ' ' || coalesce(max(id), 0)::text
         from event_match
         where merged_into is not null
       ) as "version"
     from batch`,
  );
  return rows[0]?.version ?? "";
}

/** The same, refused to whoever may not read events. */
export async function readableEventsVersion(tx: Transaction): Promise<string> {
  await tx.query("select from event limit 0");
  return eventsVersion(tx);
}
