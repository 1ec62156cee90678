import type { EventKind } from "#core/records/kinds.ts";
import { isUnknown } from "#core/records/month-tally.ts";
import { type UnknownMonth, unknownMonthsOf } from "#core/records/unknown-months.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";

/** Local months in which most rows of these kinds that files brought had no place. */
export async function loadUnknownMonths(
  tx: Transaction,
  zone: Zone,
  kinds: readonly EventKind[],
): Promise<UnknownMonth[]> {
  const rows = await tx.query<{ month: string; rows: number; unplaced: number }>(
    `select counted.month as "month",
            sum(counted.rows)::int as "rows",
            sum(counted.unplaced)::int as "unplaced"
     from batch,
          jsonb_to_recordset(batch.months)
            as counted (kind text, month text, rows integer, unplaced integer)
     where batch.undone_at is null
       and counted.kind = any ($1::text[])
     group by counted.month
     order by counted.month`,
    [kinds],
  );
  return unknownMonthsOf(
    zone,
    rows.filter(isUnknown).map(({ month }) => month),
  );
}
