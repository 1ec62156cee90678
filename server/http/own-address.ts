import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "#server/config.ts";
import { isLoopback, plainAddress } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

const ownNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * A page of another site can point its own name at this machine and then calls itself the same
 * origin (DNS rebinding): only this machine's names, and the one that BOXSTER_ORIGIN states, are
 * answered. Behind a proxy nobody comes past it, and nobody comes without TLS.
 */
export function answerOwnAddressOnly(app: FastifyInstance, config: Config): void {
  const hosts = new Set(config.origin === null ? [] : [new URL(config.origin).host]);
  const open = config.origin ?? "the address that its start prints";
  const proxies = new Set(config.proxy);
  app.addHook("onRequest", async (request) => {
    const isOwn =
      ownNames.includes(request.hostname.toLowerCase()) || hosts.has(request.host.toLowerCase());
    if (!isOwn || (proxies.size > 0 && !cameTheRightWay(request, proxies))) {
      throw new Problem(421, "Not this address", `Open Boxster by ${open}.`);
    }
  });
}

/** Through the proxy and by https; or from this machine itself, which asks whether all is well. */
function cameTheRightWay(request: FastifyRequest, proxies: ReadonlySet<string>): boolean {
  const caller = plainAddress(request.socket.remoteAddress ?? "");
  const isForwarded =
    "x-forwarded-for" in request.headers || "x-forwarded-proto" in request.headers;
  if (isForwarded && proxies.has(caller)) return request.protocol === "https";
  return !isForwarded && isLoopback(caller);
}
