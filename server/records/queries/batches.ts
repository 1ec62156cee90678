import { z } from "zod";
import type { MonthCount } from "#core/records/tallies.ts";
import type { Transaction } from "#server/db/database.ts";
import { assigned, insertInto, sql } from "#server/db/sql.ts";

/** accepted + rejected + duplicates = rows. */
export interface BatchEnd {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly fileSha256?: string;
  readonly receivedSha256?: string;
  readonly profile?: string;
  /** Role to column header. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly choices?: Readonly<Record<string, unknown>>;
  readonly months?: readonly MonthCount[];
}

const batchName = z.object({
  id: z.int(),
  fileName: z.string(),
  fileSha256: z.string().nullable(),
});
export type BatchName = z.infer<typeof batchName>;

export async function createBatch(
  tx: Transaction,
  {
    person,
    fileName,
    profile = "",
    keyId,
  }: {
    readonly person: string;
    readonly fileName: string;
    /** For events without a file, such as made-up ones; imports set it at the end. */
    readonly profile?: string;
    /** Id of the duplicate key (server/records/import/duplicate-key.ts). */
    readonly keyId?: string;
  },
): Promise<number> {
  const batch = insertInto("batch", { person, fileName, profile, keyId: keyId ?? null });
  return (await tx.one(batchName.pick({ id: true }), sql`${batch} returning id`)).id;
}

/** Call in the transaction that made the batch. */
export function finishBatch(tx: Transaction, batch: number, end: BatchEnd): Promise<void> {
  const fields = {
    rowCount: end.rows,
    accepted: end.accepted,
    rejected: end.rejected,
    duplicates: end.duplicates,
    fileSha256: end.fileSha256 ?? null,
    receivedSha256: end.receivedSha256 ?? null,
    mapping: JSON.stringify(end.mapping ?? {}),
    choices: JSON.stringify(end.choices ?? {}),
    months: JSON.stringify(end.months ?? []),
    ...(end.profile === undefined ? {} : { profile: end.profile }),
  };
  return tx.run(sql`update batch set ${assigned(fields)} where id = ${batch}`);
}

export const namesOfBatches = (tx: Transaction, ids: readonly number[]) =>
  tx.rows(
    batchName,
    sql`select id, file_name, file_sha256 from batch where id = any(${ids}) order by id`,
  );

/** The batches that this very file made before, and that are still there; the newest first. */
export const batchesOfFile = (tx: Transaction, fileSha256: string, except: number) =>
  tx.rows(
    batchName,
    sql`select id, file_name, file_sha256 from batch
      where file_sha256 = ${fileSha256} and id <> ${except} and undone_at is null
      order by id desc`,
  );

/** Their rows can no longer be recognised as duplicates. */
export async function countBatchesOfOtherKeys(tx: Transaction, keyId: string): Promise<number> {
  const others = sql`from batch where key_id is not null and key_id <> ${keyId} and undone_at is null`;
  return (await tx.value(z.int(), sql`select count(*) ${others}`)) ?? 0;
}
