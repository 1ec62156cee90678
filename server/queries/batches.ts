import type { Transaction } from "#server/db/database.ts";

export interface NewBatch {
  readonly person: string;
  readonly fileName: string;
  /** For events that no file brought, such as the made-up ones; an import says it at its end. */
  readonly profile?: string;
  /** Names the key of the duplicate keys, see server/import/duplicate-key.ts. */
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
  readonly profile?: string;
  /** Role to column header. */
  readonly mapping?: Readonly<Record<string, string>>;
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
         mapping = $8::text::jsonb
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
    ],
  );
}

/** Newest first. */
export function listBatches(tx: Transaction): Promise<BatchRow[]> {
  return tx.query<BatchRow>(
    `select id::int as "id",
            person as "person",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            file_name as "fileName",
            file_sha256 as "fileSha256",
            profile as "profile",
            mapping as "mapping",
            row_count::int as "rows",
            accepted::int as "accepted",
            rejected::int as "rejected",
            duplicates::int as "duplicates"
     from batch
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

/** Whether a file came in by hand, beside what the demonstration brought itself. */
export async function hasImportedBatch(tx: Transaction): Promise<boolean> {
  const rows = await tx.query<{ found: boolean }>(
    `select exists (select 1 from batch where profile <> $1::text) as "found"`,
    [demoProfile],
  );
  return rows[0]?.found ?? false;
}

/** The profile of the batch of made-up events. */
export const demoProfile = "demonstration";

/** Takes every event of the batch with it; empty when there is no such batch. */
export function deleteBatch(
  tx: Transaction,
  batchId: number,
): Promise<{ fileName: string; profile: string; accepted: number }[]> {
  return tx.query(
    `delete from batch
     where id = $1::int
     returning file_name as "fileName", profile as "profile", accepted::int as "accepted"`,
    [batchId],
  );
}

/** How many batches were made with another key, whose rows cannot be recognised again. */
export async function countBatchesOfOtherKeys(tx: Transaction, keyId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count"
     from batch
     where key_id is not null
       and key_id <> $1::text`,
    [keyId],
  );
  return rows[0]?.count ?? 0;
}
