import { z } from "zod";
import type { EventKind } from "#core/records/kinds.ts";
import { isUnknown } from "#core/records/tallies.ts";
import { type UnknownMonth, unknownMonthsOf } from "#core/records/unknown-months.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

const monthCount = z.object({ month: z.string(), rows: z.int(), unplaced: z.int() });

/** Local months in which most imported rows of these kinds had no place. */
export async function loadUnknownMonths(
  tx: Transaction,
  zone: Zone,
  kinds: readonly EventKind[],
): Promise<UnknownMonth[]> {
  const months = await tx.rows(
    monthCount,
    sql`select counted.month, sum(counted.rows) as rows, sum(counted.unplaced) as unplaced
      from batch,
        jsonb_to_recordset(batch.months)
          as counted (kind text, month text, rows integer, unplaced integer)
      where batch.undone_at is null and counted.kind = any(${kinds})
      group by counted.month
      order by counted.month`,
  );
  return unknownMonthsOf(
    zone,
    months.filter(isUnknown).map(({ month }) => month),
  );
}
