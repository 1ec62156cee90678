import { lookup } from "node:dns";
import { Agent, type RequestOptions, request } from "node:https";
import { BlockList, isIPv6, type LookupFunction } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { plainAddress } from "#server/network.ts";

/** Chrome and others on Google's, Firefox, Safari, Edge on Windows; with every name under them. */
const knownHosts = [
  "fcm.googleapis.com",
  "push.services.mozilla.com",
  "push.apple.com",
  "notify.windows.com",
];

/** Null for an address that is not one of a push service; `more` by BOXSTER_PUSH_HOSTS. */
export function pushAddress(endpoint: string, more: readonly string[]): URL | null {
  const url = URL.parse(endpoint);
  if (url?.protocol !== "https:" || url.port !== "" || url.username + url.password !== "") {
    return null;
  }
  const isUnder = (host: string) => url.hostname === host || url.hostname.endsWith(`.${host}`);
  return [...knownHosts, ...more].some(isUnder) ? url : null;
}

const inside = new BlockList();
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
]) {
  const [net = "", bits] = range.split("/");
  inside.addSubnet(net, Number(bits), isIPv6(net) ? "ipv6" : "ipv4");
}

/** Of this machine, of a network of its own, or of nobody. */
export function isInside(address: string): boolean {
  const plain = plainAddress(address);
  return inside.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** Judged at the connection itself: a name may lead elsewhere than when it was looked at. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, "", 0);
    const [first] = found;
    if (!first || found.some(({ address }) => isInside(address)))
      return done(new Error("No public address"), "", 0);
    return options.all ? done(null, found) : done(null, first.address, first.family);
  });
};

/** How push services are reached; in tests another way. */
export type PushNetwork = Pick<RequestOptions, "lookup" | "port" | "ca">;
const publicNetwork: PushNetwork = { lookup: publicLookup };

declare module "#server/acts/services.ts" {
  interface Services {
    readonly pushNetwork?: PushNetwork;
  }
}

const patienceMs = 8_000;
const triesAfterMs = [0, 1_000, 4_000];
const agent = new Agent({ maxSockets: 20 });

/** Throws where the service did not take it after three tries. Nothing of its answer is kept. */
export async function deliver(
  url: URL,
  headers: RequestOptions["headers"],
  network = publicNetwork,
): Promise<"told" | "gone"> {
  let status = 0;
  for (const ms of triesAfterMs) {
    await wait(ms, undefined, { ref: false });
    status = await post(url, { ...network, agent, headers }).catch(() => 0);
    if (status >= 200 && status < 300) return "told";
    if (status === 404 || status === 410) return "gone";
    // Refused: it would be again.
    if (status !== 0 && status !== 429 && status < 500) break;
  }
  throw new Error(`The push service answered ${status}`);
}

/** Redirects are not followed, and the body is not read. */
function post(url: URL, options: RequestOptions): Promise<number> {
  const signal = AbortSignal.timeout(patienceMs);
  return new Promise((done, fail) => {
    const asked = request(url, { ...options, method: "POST", signal }, (reply) => {
      done(reply.statusCode ?? 0);
      reply.destroy();
    });
    asked.on("error", fail);
    asked.end();
  });
}
