import type { Transaction } from "#server/db/database.ts";

export async function readSetting<Value>(tx: Transaction, key: string): Promise<Value | null> {
  const rows = await tx.query<{ value: Value }>("select value from setting where key = $1", [key]);
  return rows[0]?.value ?? null;
}

export async function writeSetting(tx: Transaction, key: string, value: unknown): Promise<void> {
  await tx.query(
    `insert into setting (key, value)
     values ($1, $2::text::jsonb)
     on conflict (key) do update set value = excluded.value, changed_at = now()`,
    [key, JSON.stringify(value)],
  );
}
