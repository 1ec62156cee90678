import type { Transaction } from "#server/db/database.ts";
import type { CallKind } from "#server/http/limits.ts";

export interface CallCount {
  /** In the caller's present minute. */
  readonly calls: number;
  /** Until that minute is over. */
  readonly secondsLeft: number;
}

/** Adds calls to a caller's present minute, or begins another once it is over; 0 looks only. By the clock of the database. */
export async function countCalls(
  tx: Transaction,
  given: { readonly kind: CallKind; readonly caller: Uint8Array; readonly calls: number },
): Promise<CallCount> {
  const rows = await tx.query<CallCount>(
    `insert into call_count as known (kind, caller, counted_from, calls)
     values ($1::text, $2::bytea, clock_timestamp(), $3::integer)
     on conflict (kind, caller) do update set
       calls = excluded.calls + case
         when known.counted_from > excluded.counted_from - interval '1 minute' then known.calls
         else 0
       end,
       counted_from = case
         when known.counted_from > excluded.counted_from - interval '1 minute' then known.counted_from
         else excluded.counted_from
       end
     returning calls::int as "calls",
               greatest(1, ceil(
                 extract(epoch from counted_from + interval '1 minute' - clock_timestamp())
               ))::int as "secondsLeft"`,
    [given.kind, given.caller, given.calls],
  );
  return rows[0] ?? { calls: given.calls, secondsLeft: 60 };
}

/** Those of minutes that are over. Rows that another server is counting in are left to it. */
export async function forgetPastCalls(tx: Transaction): Promise<void> {
  await tx.query(
    `delete from call_count
     using (
       select kind, caller
       from call_count
       where counted_from <= clock_timestamp() - interval '1 minute'
       for update skip locked
     ) as over
     where call_count.kind = over.kind and call_count.caller = over.caller`,
  );
}
