import { z } from "zod";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { SharedCount } from "#server/http/limits.ts";

/** Counts in the database, so that several servers of it have one limit. */
export function sharedCount({ db, config }: Pick<Services, "db" | "config">): SharedCount {
  return ({ kind, by, value, calls }) => {
    const caller = attemptKeysOf(config)(by, value);
    return db.transaction(
      systemActor,
      (tx) =>
        tx.through("gate", async (gate) => {
          // In this order: whoever waits here holds nothing that another waits for.
          const count = await gate.one(callCount, counted(kind, caller, calls));
          await gate.run(forgetPast);
          return count;
        }),
      { beside: true, retries: 3 },
    );
  };
}

const callCount = z.object({
  /** In the caller's present minute. */
  calls: z.int(),
  /** Until that minute is over. */
  secondsLeft: z.int(),
});

/** Adds calls to a caller's present minute, or begins another once it is over; 0 looks only. By the clock of the database. */
const counted = (kind: string, caller: Uint8Array, calls: number) => sql`
  insert into call_count as known (kind, caller, counted_from, calls)
  values (${kind}, ${caller}, clock_timestamp(), ${calls})
  on conflict (kind, caller) do update set
    calls = excluded.calls + case
      when known.counted_from > excluded.counted_from - interval '1 minute' then known.calls
      else 0
    end,
    counted_from = case
      when known.counted_from > excluded.counted_from - interval '1 minute' then known.counted_from
      else excluded.counted_from
    end
  returning calls, greatest(1, ceil(
    extract(epoch from counted_from + interval '1 minute' - clock_timestamp())
  )) as seconds_left`;

/** Those of minutes that are over. Rows that another server is counting in are left to it. */
const forgetPast = sql`
  delete from call_count
  using (
    select kind, caller
    from call_count
    where counted_from <= clock_timestamp() - interval '1 minute'
    for update skip locked
  ) as over
  where call_count.kind = over.kind and call_count.caller = over.caller`;
