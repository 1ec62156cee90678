import type { Transaction } from "#server/db/database.ts";

/** What is limited for all servers of a database together. */
export type CallKind = "sign_in" | "probe" | "refusal";

export interface CallCount {
  /** In the minute that began at `from`. */
  readonly calls: number;
  /** Epoch milliseconds. */
  readonly from: number;
}

/** Adds calls to a caller's present minute, or begins another once it is over; 0 looks only. */
export async function countCalls(
  tx: Transaction,
  given: { readonly kind: CallKind; readonly caller: Uint8Array; readonly calls: number },
  { now, minuteBefore }: { readonly now: number; readonly minuteBefore: number },
): Promise<CallCount> {
  const rows = await tx.query<CallCount>(
    `insert into call_count as known (kind, caller, counted_from, calls)
     values ($1::text, $2::bytea, $4::timestamptz, $3::integer)
     on conflict (kind, caller) do update set
       calls = excluded.calls + case when known.counted_from > $5::timestamptz then known.calls else 0 end,
       counted_from = case
         when known.counted_from > $5::timestamptz then known.counted_from
         else excluded.counted_from
       end
     returning calls::int as "calls",
               (extract(epoch from counted_from) * 1000)::float8 as "from"`,
    [given.kind, given.caller, given.calls, new Date(now), new Date(minuteBefore)],
  );
  return rows[0] ?? { calls: given.calls, from: now };
}

/** Rows that another server is counting in are left to it. */
export async function forgetCallsBefore(tx: Transaction, before: number): Promise<void> {
  await tx.query(
    `delete from call_count
     using (
       select kind, caller
       from call_count
       where counted_from <= $1::timestamptz
       for update skip locked
     ) as over
     where call_count.kind = over.kind and call_count.caller = over.caller`,
    [new Date(before)],
  );
}
