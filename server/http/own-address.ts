import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "#server/config.ts";
import { isLoopback, plainAddress } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

const ownNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Against DNS rebinding, where another site's page points its own name at this machine and counts
 * as same origin: only this machine's names and BOXSTER_ORIGIN are answered. Behind a proxy, direct
 * requests and requests without TLS are refused.
 */
export function answerOwnAddressOnly(app: FastifyInstance, config: Config): void {
  const hosts = new Set(config.origin === null ? [] : [new URL(config.origin).host]);
  const open = config.origin ?? "the address that its start prints";
  const proxies = new Set(config.proxy);
  const isOwnHost = (name: string, host: string) =>
    ownNames.includes(name.toLowerCase()) || hosts.has(host.toLowerCase());
  app.addHook("onRequest", async (request) => {
    if (!hasOneAddress(request.raw, isOwnHost)) {
      throw new Problem(
        400,
        "Request not valid",
        "A request names one address: one Host, and no other address in its first line.",
      );
    }
    const isOwn = isOwnHost(request.hostname, request.host);
    if (!isOwn || (proxies.size > 0 && !cameTheRightWay(request, proxies))) {
      throw new Problem(421, "Not this address", `Open Boxster by ${open}.`);
    }
  });
}

/**
 * Of two Host headers Node keeps the first, while a proxy may have checked the second. An absolute
 * address in the request line takes precedence over Host (RFC 9112, 3.2), and routing ignores its
 * host.
 */
function hasOneAddress(
  { url = "", rawHeaders }: IncomingMessage,
  isOwnHost: (name: string, host: string) => boolean,
): boolean {
  const names = rawHeaders.filter((_, at) => at % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === "host").length > 1) return false;
  if (url.startsWith("/") || url === "*") return true;
  const written = /^https?:/i.test(url) ? URL.parse(url) : null;
  return written !== null && isOwnHost(written.hostname, written.host);
}

function cameTheRightWay(request: FastifyRequest, proxies: ReadonlySet<string>): boolean {
  const caller = plainAddress(request.socket.remoteAddress ?? "");
  const isForwarded = isHandedOn(request.raw);
  if (isForwarded && proxies.has(caller)) return request.protocol === "https";
  return !isForwarded && isLoopback(caller);
}

/**
 * By a proxy that reveals itself, declared or not: by its headers, or by HTTP 1.0, which no browser
 * speaks and nginx does by default. One that forwards raw bytes cannot be told from its caller.
 */
export function isHandedOn({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion === "1.0" || Object.keys(headers).some((name) => ofProxies.test(name));
}

const ofProxies =
  /^(forwarded|via|cdn-loop|x-(forwarded|original|envoy|proxy)-.+|x-real-ip|x-client-ip|x-cluster-client-ip|(cf|fly|fastly|true)-(connecting|client)-ip|tailscale-.+)$/;
