import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Role } from "#core/role.ts";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { sessionCookie } from "#server/accounts/cookies.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { hashOf } from "#server/accounts/token.ts";
import type { Services } from "#server/acts/services.ts";
import type { Config } from "#server/config.ts";
import { systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { Caller, Callers, SharedCount } from "#server/http/limits.ts";

/** In the database, so that several servers share one limit. */
export function sharedCount({ db, config }: Pick<Services, "db" | "config">): SharedCount {
  return ({ kind, by, value, calls }) => {
    const caller = attemptKeysOf(config)(by, value);
    return db.transaction(
      systemActor,
      (tx) =>
        tx.through("gate", async (gate) => {
          // In this order, so that a waiting caller holds no lock that another needs.
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

/** Adds to the current minute or starts a new one; 0 only reads. By the database's clock. */
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

const forgetPast = sql`
  delete from call_count
  using (
    select kind, caller
    from call_count
    where counted_from <= clock_timestamp() - interval '1 minute'
    for update skip locked
  ) as over
  where call_count.kind = over.kind and call_count.caller = over.caller`;

const most = 10_000;
const forgetAfterMs = 15 * 60_000;

/**
 * Which cookies belong to whom, learned from admitted requests. So calls are counted before any
 * database query, and a cookie never admitted counts as a stranger's.
 */
export function createCallers(config: Pick<Config, "secure">, isDemo: () => boolean): Callers {
  // In order of last use: the first is evicted.
  const known = new Map<string, Caller & { readonly until: number }>();
  const of = (request: FastifyRequest) => {
    const found = known.get(cookieOf(config, request) ?? "");
    return found !== undefined && found.until > performance.now() ? found : null;
  };
  return {
    of,
    roleOf: (request) => sessionOf(request)?.actor.role ?? of(request)?.role ?? "nobody",
    learn: (request) => {
      const actor = sessionOf(request)?.actor;
      const cookie = cookieOf(config, request);
      if (!actor || cookie === null) return;
      known.delete(cookie);
      known.set(cookie, {
        // Demonstration roles have no name of their own.
        key: isDemo() ? cookie : actor.person,
        role: actor.role as Role,
        until: performance.now() + forgetAfterMs,
      });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** Hashed, as tokens are stored nowhere; ignores other cookies, which anybody can forge. */
function cookieOf(config: Pick<Config, "secure">, request: FastifyRequest): string | null {
  const token = sessionCookie.read(config, request);
  return token === null ? null : Buffer.from(hashOf(token)).toString("base64url");
}
