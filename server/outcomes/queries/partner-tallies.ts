import type { Transaction } from "#server/db/database.ts";

export interface PartnerTally {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly enteredAt: number;
}

/** A partner's own contacts, the last one typed for each period; row policies show it no other's. */
export function loadOwnContacts(tx: Transaction, asAt: string): Promise<PartnerTally[]> {
  return tx.query<PartnerTally>(
    `select
       to_char(latest.period_from, 'YYYY-MM-DD') as "from",
       to_char(latest.period_to, 'YYYY-MM-DD') as "to",
       latest.value::int as "value",
       (extract(epoch from latest.entered_at) * 1000)::float8 as "enteredAt"
     from (
       select distinct on (period_from, period_to) period_from, period_to, value, entered_at
       from partner_tally
       where measure = 'outreach_contacts'
       order by period_from, period_to, id desc
     ) as latest
     where latest.period_to <= $1::date
     order by latest.period_to desc, latest.period_from`,
    [asAt],
  );
}

export async function insertOwnContacts(
  tx: Transaction,
  given: Omit<PartnerTally, "enteredAt"> & { readonly at: number; readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into partner_tally (
       partner_id, measure, period_from, period_to, value, entered_at, entered_by
     )
     values (
       own_partner(), 'outreach_contacts', $1::date, $2::date, $3::int, $4::timestamptz, $5::text
     )`,
    [given.from, given.to, given.value, new Date(given.at), given.by],
  );
}
