import type { Transaction } from "#server/db/database.ts";

/** Tables that ever held a row, even a deleted one: without any, a database counts as new. */
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

/** Apart from what the demonstration brought. */
export async function hasImportedBatch(tx: Transaction): Promise<boolean> {
  const rows = await tx.query<{ found: boolean }>(
    `select exists (
       select 1 from batch where profile <> $1::text and undone_at is null
     ) as "found"`,
    [demoProfile],
  );
  return rows[0]?.found ?? false;
}

export const demoProfile = "demonstration";

/** Tables filled by use of the tool; their sequences keep every number given out. */
const workedTables = [
  "batch",
  "data_complaint",
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
