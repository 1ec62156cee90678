import type { SavedReading } from "#core/records/saved-profile.ts";
import type { Transaction } from "#server/db/database.ts";

export interface ImportProfileRow {
  readonly id: number;
  readonly name: string;
  readonly madeBy: string;
  /** Epoch milliseconds, as the other. */
  readonly madeAt: number;
  readonly changedBy: string;
  readonly changedAt: number;
  readonly reading: SavedReading;
}

const columns = `id::int as "id",
  name as "name",
  made_by as "madeBy",
  (extract(epoch from made_at) * 1000)::float8 as "madeAt",
  changed_by as "changedBy",
  (extract(epoch from changed_at) * 1000)::float8 as "changedAt",
  reading as "reading"`;

export function listImportProfiles(tx: Transaction): Promise<ImportProfileRow[]> {
  return tx.query<ImportProfileRow>(
    `select ${columns}
     from import_profile
     order by lower(name)`,
  );
}

/** Whatever the letters' case. */
export async function findImportProfile(
  tx: Transaction,
  name: string,
): Promise<ImportProfileRow | null> {
  const rows = await tx.query<ImportProfileRow>(
    `select ${columns}
     from import_profile
     where lower(name) = lower($1::text)`,
    [name],
  );
  return rows[0] ?? null;
}

interface ProfileWrite {
  readonly name: string;
  readonly person: string;
  readonly reading: SavedReading;
}

/** Null where the name is taken. */
export async function insertImportProfile(
  tx: Transaction,
  { name, person, reading }: ProfileWrite,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `insert into import_profile (name, made_by, changed_by, reading)
     values ($1::text, $2::text, $2::text, $3::text::jsonb)
     on conflict (lower(name)) do nothing
     returning id::int as "id"`,
    [name, person, JSON.stringify(reading)],
  );
  return rows[0]?.id ?? null;
}

export async function updateImportProfile(
  tx: Transaction,
  { name, person, reading }: ProfileWrite,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `update import_profile
     set reading = $3::text::jsonb, changed_by = $2::text, changed_at = now()
     where lower(name) = lower($1::text)
     returning id::int as "id"`,
    [name, person, JSON.stringify(reading)],
  );
  return rows[0]?.id ?? null;
}

/** Whether there was one. */
export async function renameImportProfile(
  tx: Transaction,
  change: { readonly id: number; readonly name: string; readonly person: string },
): Promise<boolean> {
  const rows = await tx.query(
    `update import_profile
     set name = $2::text, changed_by = $3::text, changed_at = now()
     where id = $1::int
     returning 1`,
    [change.id, change.name, change.person],
  );
  return rows.length > 0;
}

export async function deleteImportProfile(
  tx: Transaction,
  id: number,
): Promise<{ name: string } | null> {
  const rows = await tx.query<{ name: string }>(
    `delete from import_profile
     where id = $1::int
     returning name as "name"`,
    [id],
  );
  return rows[0] ?? null;
}
