import type { Transaction } from "#server/db/database.ts";

/** Tables whose rows refer to a partner, or to one of its places or sessions; sorted. */
export async function hangingOnPartners(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select distinct conrelid::regclass::text as name
     from pg_constraint
     where contype = 'f'
       and confrelid = any('{partner, saved_place, outreach_session}'::regclass[])
     order by 1`,
  );
  return rows.map(({ name }) => name);
}
