import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { Config } from "#server/config.ts";

/** The name that passkeys are bound to, and the one origin that they answer. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * By the address that people open; without one, by the name under which this machine itself was called. Null where the
 * page was opened at another address than that, or at an IP address, which no browser binds a passkey to.
 */
export function relyingPartyOf(
  { origin, secure }: Pick<Config, "origin" | "secure">,
  { host }: Pick<FastifyRequest, "host">,
): RelyingParty | null {
  const called = `${secure ? "https" : "http"}://${host.toLowerCase()}`;
  const url = URL.parse(origin ?? called);
  if (url === null || url.origin !== URL.parse(called)?.origin) return null;
  const isNumber = isIP(url.hostname) !== 0 || url.hostname.startsWith("[");
  return isNumber ? null : { id: url.hostname, origin: url.origin };
}
