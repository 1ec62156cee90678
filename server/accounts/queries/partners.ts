import type { Transaction } from "#server/db/database.ts";

/** The organisation that an account of the role `partner` belongs to. */
export interface PartnerRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** By code, or by name without regard to case. */
export async function findPartner(tx: Transaction, name: string): Promise<PartnerRow | null> {
  const rows = await tx.query<PartnerRow>(
    `select id::text as "id", code as "code", name as "name"
     from partner
     where (code = lower(btrim($1::text)) or lower(name) = lower(btrim($1::text)))
       and left_at is null
     order by (code = lower(btrim($1::text))) desc
     limit 1`,
    [name],
  );
  return rows[0] ?? null;
}
