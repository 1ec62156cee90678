import type { IncomingMessage } from "node:http";
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
 * Of two Host headers Node keeps the first, and a proxy in front may have judged the second. An address that is written
 * out in the first line counts before Host (RFC 9112, 3.2), and routes are found without looking at whose it is.
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

/** Through the proxy and by https; or from this machine itself, which asks whether all is well. */
function cameTheRightWay(request: FastifyRequest, proxies: ReadonlySet<string>): boolean {
  const caller = plainAddress(request.socket.remoteAddress ?? "");
  const isForwarded = isHandedOn(request.raw);
  if (isForwarded && proxies.has(caller)) return request.protocol === "https";
  return !isForwarded && isLoopback(caller);
}

/**
 * By a proxy that says so, whether it is a declared one or not: in its own words, or in HTTP 1.0, which no browser
 * speaks and nginx does unless told otherwise. One that hands on octets as they come cannot be told from its caller.
 */
export function isHandedOn({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion === "1.0" || Object.keys(headers).some((name) => ofProxies.test(name));
}

const ofProxies =
  /^(forwarded|via|cdn-loop|x-(forwarded|original|envoy|proxy)-.+|x-real-ip|x-client-ip|x-cluster-client-ip|(cf|fly|fastly|true)-(connecting|client)-ip|tailscale-.+)$/;
