import type { FastifyRequest } from "fastify";
import type { Role } from "#core/role.ts";
import { sessionCookie } from "#server/accounts/cookies.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { hashOf } from "#server/accounts/token.ts";
import type { Config } from "#server/config.ts";
import type { Caller, Callers } from "#server/http/limits.ts";

const most = 10_000;
const forgetAfterMs = 15 * 60_000;

/**
 * Which cookies belong to whom, learned from requests that were let in. So calls are counted before
 * the database is asked anything, and a cookie that nobody was let in with counts as a stranger's.
 */
export function createCallers(config: Pick<Config, "secure">, isDemo: () => boolean): Callers {
  // In order of their last use: the first is the one to forget.
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
        // Whoever chooses a role in the demonstration has no name of their own.
        key: isDemo() ? cookie : actor.person,
        role: actor.role as Role,
        until: performance.now() + forgetAfterMs,
      });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** As a hash, for the token is kept nowhere; of no other cookie, which anybody can make up. */
function cookieOf(config: Pick<Config, "secure">, request: FastifyRequest): string | null {
  const token = sessionCookie.read(config, request);
  return token === null ? null : Buffer.from(hashOf(token)).toString("base64url");
}
