import type { PlaceMethod } from "#core/places/place-fault.ts";
import type { MonthCount } from "#core/records/month-tally.ts";
import type { Transaction } from "#server/db/database.ts";

export interface NewBatch {
  readonly person: string;
  readonly fileName: string;
  /** For events that no file brought, such as the made-up ones; an import says it at its end. */
  readonly profile?: string;
  /** Names the key of the duplicate keys, see server/records/import/duplicate-key.ts. */
  readonly keyId?: string;
}

/** How every row of a file ended; accepted + rejected + duplicates = rows. */
export interface BatchCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
}

export interface BatchEnd extends BatchCounts {
  readonly fileSha256?: string;
  readonly receivedSha256?: string;
  readonly profile?: string;
  /** Role to column header. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly choices?: BatchChoices;
  readonly months?: readonly MonthCount[];
}

/** What was said of a file beside its mapping. */
export interface BatchChoices {
  readonly kind?: string | null;
  readonly source?: string | null;
  readonly dates?: string | null;
  readonly midnight?: string;
  /** `role:word=entry` */
  readonly words?: readonly string[];
}

export interface BatchRow extends BatchCounts {
  readonly id: number;
  readonly person: string;
  /** Epoch milliseconds. */
  readonly importedAt: number;
  readonly fileName: string;
  readonly fileSha256: string | null;
  readonly profile: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly choices: BatchChoices;
  /** How many of its events were placed by something less exact than a point; empty where none was. */
  readonly placed: Readonly<Partial<Record<PlaceMethod, number>>>;
  /** Epoch milliseconds; null while what it brought is there. */
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
}

export async function createBatch(tx: Transaction, batch: NewBatch): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into batch (person, file_name, profile, key_id)
     values ($1::text, $2::text, $3::text, $4::text)
     returning id`,
    [batch.person, batch.fileName, batch.profile ?? "", batch.keyId ?? null],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new TypeError("The new batch came back without an id");
  return id;
}

/** Writes how it went once the last row is in; call it in the transaction that made the batch. */
export async function finishBatch(tx: Transaction, batchId: number, end: BatchEnd): Promise<void> {
  await tx.query(
    `update batch
     set row_count = $2::int,
         accepted = $3::int,
         rejected = $4::int,
         duplicates = $5::int,
         file_sha256 = $6::text,
         profile = coalesce($7::text, profile),
         mapping = $8::text::jsonb,
         received_sha256 = $9::text,
         choices = $10::text::jsonb,
         months = $11::text::jsonb
     where id = $1::int`,
    [
      batchId,
      end.rows,
      end.accepted,
      end.rejected,
      end.duplicates,
      end.fileSha256 ?? null,
      end.profile ?? null,
      JSON.stringify(end.mapping ?? {}),
      end.receivedSha256 ?? null,
      JSON.stringify(end.choices ?? {}),
      JSON.stringify(end.months ?? []),
    ],
  );
}

/** Newest first, with those that were undone. */
export function listBatches(tx: Transaction): Promise<BatchRow[]> {
  return tx.query<BatchRow>(
    `with counted as (
       select batch_id, placed_by, count(*)::int as events
       from event
       where placed_by <> 'point'
       group by batch_id, placed_by
     ),
     placed as (
       select batch_id, jsonb_object_agg(placed_by, events) as methods
       from counted
       group by batch_id
     )
     select id::int as "id",
            person as "person",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            file_name as "fileName",
            file_sha256 as "fileSha256",
            profile as "profile",
            mapping as "mapping",
            choices as "choices",
            (extract(epoch from undone_at) * 1000)::float8 as "undoneAt",
            undone_by as "undoneBy",
            row_count::int as "rows",
            accepted::int as "accepted",
            rejected::int as "rejected",
            duplicates::int as "duplicates",
            coalesce(placed.methods, '{}'::jsonb) as "placed"
     from batch
     left join placed on placed.batch_id = batch.id
     order by id desc`,
  );
}

/** Names of batches, for saying where a row was before. */
export function namesOfBatches(
  tx: Transaction,
  ids: readonly number[],
): Promise<{ id: number; fileName: string; fileSha256: string | null }[]> {
  return tx.query(
    `select id::int as "id",
            file_name as "fileName",
            file_sha256 as "fileSha256"
     from batch
     where id = any ($1::int[])
     order by id`,
    [ids],
  );
}

/** What an earlier batch is called that this very file made, and that is still there; the newest first. */
export function batchesOfFile(
  tx: Transaction,
  fileSha256: string,
  except: number,
): Promise<{ id: number; fileName: string }[]> {
  return tx.query(
    `select id::int as "id", file_name as "fileName"
     from batch
     where file_sha256 = $1::text
       and id <> $2::int
       and undone_at is null
     order by id desc`,
    [fileSha256, except],
  );
}

/**
 * Marks the batch as undone and takes away every event it brought; its line stays. Empty when there is
 * no such batch, or none that is still there.
 */
export async function undoBatchRows(
  tx: Transaction,
  batchId: number,
  person: string,
): Promise<{ fileName: string; profile: string; removed: number }[]> {
  const marked = await tx.query<{ fileName: string; profile: string }>(
    `update batch
     set undone_at = now(), undone_by = $2::text
     where id = $1::int
       and undone_at is null
     returning file_name as "fileName", profile as "profile"`,
    [batchId, person],
  );
  if (marked.length === 0) return [];
  const [gone] = await tx.query<{ count: number }>(
    `with gone as (
       delete from event where batch_id = $1::int returning 1
     )
     select count(*)::int as "count"
     from gone`,
    [batchId],
  );
  return marked.map((batch) => ({ ...batch, removed: gone?.count ?? 0 }));
}

/** How many batches were made with another key, whose rows cannot be recognised again. */
export async function countBatchesOfOtherKeys(tx: Transaction, keyId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count"
     from batch
     where key_id is not null
       and key_id <> $1::text
       and undone_at is null`,
    [keyId],
  );
  return rows[0]?.count ?? 0;
}
