import type { HarmName } from "#core/records/harm.ts";
import type { Transaction } from "#server/db/database.ts";

export interface HarmTableRow {
  readonly version: number;
  readonly name: string;
  readonly source: string;
  readonly weights: Readonly<Partial<Record<HarmName, number>>>;
  /** Epoch milliseconds. */
  readonly savedAt: number;
  readonly savedBy: string;
}

const columns = `version as "version",
  name as "name",
  source as "source",
  weights as "weights",
  (extract(epoch from saved_at) * 1000)::float8 as "savedAt",
  saved_by as "savedBy"`;

/** Newest first. */
export function listHarmTables(tx: Transaction): Promise<HarmTableRow[]> {
  return tx.query<HarmTableRow>(
    `select ${columns}
     from harm_weights
     order by version desc`,
  );
}

export async function findHarmTable(
  tx: Transaction,
  version: number,
): Promise<HarmTableRow | null> {
  const rows = await tx.query<HarmTableRow>(
    `select ${columns}
     from harm_weights
     where version = $1::int`,
    [version],
  );
  return rows[0] ?? null;
}

/** Stores the next version and answers its number; two who save at once are one after the other. */
export async function insertHarmTable(
  tx: Transaction,
  table: Pick<HarmTableRow, "name" | "source" | "weights"> & { readonly person: string },
): Promise<number> {
  await tx.query("select pg_advisory_xact_lock(hashtext('harm_weights'))");
  const rows = await tx.query<{ version: number }>(
    `insert into harm_weights (version, name, source, weights, saved_by)
     select coalesce(max(version), 0) + 1, $1::text, $2::text, $3::text::jsonb, $4::text
     from harm_weights
     returning version as "version"`,
    [table.name, table.source, JSON.stringify(table.weights), table.person],
  );
  const [row] = rows;
  if (!row) throw new Error("No version came back.");
  return row.version;
}
