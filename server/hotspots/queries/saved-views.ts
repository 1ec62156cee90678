import type { Transaction } from "#server/db/database.ts";

export interface SavedViewRow {
  readonly id: number;
  readonly person: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly version: number;
  readonly filters: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

export interface SavedViewWrite {
  readonly person: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly version: number;
  readonly filters: Readonly<Record<string, string>>;
}

/** Own ones and those that others share, as the row policy lets through. */
export function listSavedViews(tx: Transaction, person: string): Promise<SavedViewRow[]> {
  return tx.query<SavedViewRow>(
    `select id::int as "id",
       person as "person",
       name as "name",
       is_shared as "isShared",
       version::int as "version",
       filters as "filters",
       (extract(epoch from changed_at) * 1000)::float8 as "changedAt"
     from saved_view
     order by person <> $1::text, lower(name), id`,
    [person],
  );
}

export async function countSavedViews(tx: Transaction, person: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count"
     from saved_view
     where person = $1::text`,
    [person],
  );
  return rows[0]?.count ?? 0;
}

/** Null where the person has one of this name already. */
export async function insertSavedView(
  tx: Transaction,
  { person, name, isShared, version, filters }: SavedViewWrite,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `insert into saved_view (person, name, is_shared, version, filters)
     values ($1::text, $2::text, $3::boolean, $4::int, $5::text::jsonb)
     on conflict (person, lower(name)) do nothing
     returning id::int as "id"`,
    [person, name, isShared, version, JSON.stringify(filters)],
  );
  return rows[0]?.id ?? null;
}

/** The own one of this name takes other filters. */
export async function replaceSavedView(
  tx: Transaction,
  { person, name, isShared, version, filters }: SavedViewWrite,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `update saved_view
     set name = $2::text, is_shared = $3::boolean, version = $4::int, filters = $5::text::jsonb,
       changed_at = now()
     where person = $1::text and lower(name) = lower($2::text)
     returning id::int as "id"`,
    [person, name, isShared, version, JSON.stringify(filters)],
  );
  return rows[0]?.id ?? null;
}

export async function findOwnView(
  tx: Transaction,
  { person, name }: { readonly person: string; readonly name: string },
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `select id::int as "id"
     from saved_view
     where person = $1::text and lower(name) = lower($2::text)`,
    [person, name],
  );
  return rows[0]?.id ?? null;
}

/** Whether the person has it. */
export async function changeSavedView(
  tx: Transaction,
  change: {
    readonly id: number;
    readonly person: string;
    readonly name: string | null;
    readonly isShared: boolean | null;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `update saved_view
     set name = coalesce($3::text, name), is_shared = coalesce($4::boolean, is_shared),
       changed_at = now()
     where id = $1::int and person = $2::text
     returning 1`,
    [change.id, change.person, change.name, change.isShared],
  );
  return rows.length > 0;
}

/** Whether the person had it. */
export async function deleteSavedView(
  tx: Transaction,
  { id, person }: { readonly id: number; readonly person: string },
): Promise<boolean> {
  const rows = await tx.query(
    `delete from saved_view
     where id = $1::int and person = $2::text
     returning 1`,
    [id, person],
  );
  return rows.length > 0;
}
