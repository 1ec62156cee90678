import type { Transaction } from "#server/db/database.ts";

/**
 * The tables that ever held a row, even one that was deleted since: a database is as good as new
 * only when there are none.
 */
export async function usedTables(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ table: string }>(
    `select worked.name as "table"
     from unnest($1::text[]) as worked (name)
     join pg_class held on held.oid = to_regclass('public.' || worked.name)
     join pg_depend owned on owned.refobjid = held.oid and owned.deptype = 'i'
     join pg_class counter on counter.oid = owned.objid and counter.relkind = 'S'
     join pg_sequences state
       on state.schemaname = 'public' and state.sequencename = counter.relname
     where state.last_value is not null
     order by worked.name`,
    [workedTables],
  );
  return rows.map((row) => row.table);
}

/** Whether a file came in by hand, beside what the demonstration brought itself. */
export async function hasImportedBatch(tx: Transaction): Promise<boolean> {
  const rows = await tx.query<{ found: boolean }>(
    `select exists (
       select 1 from batch where profile <> $1::text and undone_at is null
     ) as "found"`,
    [demoProfile],
  );
  return rows[0]?.found ?? false;
}

/** The profile of the batch of made-up events. */
export const demoProfile = "demonstration";

/** Tables whose rows come from work with the tool; a number ever given out stays in their sequence. */
const workedTables = [
  "batch",
  "event",
  "harm_weights",
  "import_profile",
  "meeting_pack",
  "meeting_series",
  "operation",
  "lawful_basis",
  "outreach_session",
  "partner",
  "patrol_plan",
  "place_action",
  "place_plan",
  "release_draft",
  "saved_place",
  "saved_view",
  "tally",
];
