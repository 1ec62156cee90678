import { minuteMs } from "#core/time/zone.ts";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { countCalls, forgetCallsBefore } from "#server/accounts/queries/call-counts.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import type { SharedCount } from "#server/http/limits.ts";

/** Counts in the database, so that several servers of it have one limit. */
export function sharedCount({ db, config }: Pick<Services, "db" | "config">): SharedCount {
  return async ({ kind, by, value, calls }) => {
    const now = Date.now();
    const minuteBefore = now - minuteMs;
    const caller = attemptKeysOf(config)(by, value);
    const count = await db.transaction(
      systemActor,
      (tx) =>
        tx.through("gate", async (gate) => {
          await forgetCallsBefore(gate, minuteBefore);
          return countCalls(gate, { kind, caller, calls }, { now, minuteBefore });
        }),
      { beside: true },
    );
    const left = Math.ceil((count.from + minuteMs - now) / 1000);
    return { calls: count.calls, secondsLeft: Math.min(60, Math.max(1, left)) };
  };
}
