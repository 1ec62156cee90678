import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Transaction } from "#server/db/database.ts";

export interface Applied {
  readonly name: string;
  readonly checksum: string;
}

export interface Migration extends Applied {
  readonly sql: string;
}

const folder = new URL("../../sql/migrations/", import.meta.url);

export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

export function readApplied(tx: Transaction): Promise<Applied[]> {
  return tx.query("select name, checksum from migration order by name");
}

export async function noteApplied(tx: Transaction, { name, checksum }: Applied): Promise<void> {
  await tx.query("insert into migration (name, checksum) values ($1, $2)", [name, checksum]);
}

/**
 * Once the tables are fenced not even their owner can read them, unless it is a superuser; the list
 * of migrations is then accessed through the copier's door.
 */
export async function throughFence<Value>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const [held] = await tx.query<{ fenced: boolean }>(
    "select relrowsecurity as fenced from pg_class where oid = 'public.migration'::regclass",
  );
  return held?.fenced ? tx.through("copier", work) : work(tx);
}
