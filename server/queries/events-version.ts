import type { Transaction } from "#server/db/database.ts";

/** Changes with every import and every undo: what was reckoned from events is stale then. */
export async function eventsVersion(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ version: string }>(
    `select count(*)::text || ' ' || coalesce(max(id), 0)::text as "version"
     from batch`,
  );
  return rows[0]?.version ?? "";
}
