import type { Tally, TallyMeasure } from "#core/wire/tallies.ts";
import type { Transaction } from "#server/db/database.ts";

/** Stores one typed total; answers its number. */
export async function addTally(tx: Transaction, tally: Tally): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into tally (measure, period_from, period_to, value)
     values ($1::text, $2::date, $3::date, $4::int)
     returning tally_id::int as "id"`,
    [tally.measure, tally.from, tally.to, tally.value],
  );
  const made = rows[0];
  if (made === undefined) throw new Error(`Tally "${tally.measure}" was not stored`);
  return made.id;
}

export interface StoredTally {
  readonly measure: TallyMeasure;
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

/** Totals whose period has ended by the as-at date, one row for each exact period typed. */
export function loadTallies(tx: Transaction, asAt: string): Promise<StoredTally[]> {
  return tx.query<StoredTally>(
    `select
       measure as "measure",
       to_char(period_from, 'YYYY-MM-DD') as "from",
       to_char(period_to, 'YYYY-MM-DD') as "to",
       value::int as "value"
     from tally
     where period_to <= $1::date
     order by measure, period_from, period_to`,
    [asAt],
  );
}
