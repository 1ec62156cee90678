import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { countCalls, forgetPastCalls } from "#server/accounts/queries/call-counts.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
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
          const count = await countCalls(gate, { kind, caller, calls });
          await forgetPastCalls(gate);
          return count;
        }),
      { beside: true, retries: 3 },
    );
  };
}
