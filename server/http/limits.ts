import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Role } from "#core/role.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import type { Route } from "#server/http/route.ts";
import { networkOf, siteOf, siteShare } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

/** How many calls a minute; each is far above what a person at the page does. By address: a whole /48 of IPv6 has `siteShare` times as many. */
export interface Limits {
  /** By address: files of the page, and addresses that do not exist. */
  readonly files: number;
  /** By address: calls of whoever is not signed in. */
  readonly strangers: number;
  /** By address, or by a browser that somebody signed in from: attempts to sign in. */
  readonly signIns: number;
  /** By person: all calls; by browser, where somebody signed in from it and the session is not known yet. */
  readonly persons: number;
  /** By person: patrol changes and suggestions, by which somebody could feel for what is closed. */
  readonly probes: number;
  /** By person: those among them that were refused. */
  readonly refusals: number;
}

export const usualLimits: Limits = {
  files: 3_000,
  strangers: 600,
  signIns: 100,
  persons: 3_000,
  probes: 120,
  refusals: 30,
};

const minute = 60_000;

/** What is limited for all servers of a database together: by these somebody could try passwords, or search for keep-clear times. */
export type CallKind = "sign_in" | "probe" | "refusal";

/** What of a caller's calls counts for all servers of one database together, in the present minute. */
export type SharedCount = (given: {
  readonly kind: CallKind;
  readonly by: "address" | "browser" | "person";
  readonly value: string;
  /** To be added; 0 looks only. */
  readonly calls: 0 | 1;
}) => Promise<{ readonly calls: number; readonly secondsLeft: number }>;

export interface CallLimits {
  readonly limits: Limits;
  readonly sharedCount: SharedCount;
  /** The number of a browser that somebody signed in from: strangers at its address are nothing to it. */
  readonly browserOf: (request: FastifyRequest) => string | null;
}

type Limiter = ReturnType<FastifyInstance["createRateLimit"]>;

/**
 * Counts calls before they cost anything; who calls too often is told when to come back. What keeps one server from being
 * flooded is counted in its own memory; what is limited for all servers, in the database.
 */
export async function limitCalls(
  app: FastifyInstance,
  routes: readonly Route[],
  callers: Callers,
  { limits, sharedCount, browserOf }: CallLimits,
): Promise<void> {
  await app.register(rateLimit, { global: false });
  const byAddress = (max: number) => {
    const limiter = (most: number, keyOf: (address: string) => string) =>
      app.createRateLimit({
        max: most,
        timeWindow: minute,
        keyGenerator: ({ ip }) => keyOf(ip),
      });
    const byNetwork = limiter(max, networkOf);
    const bySite = limiter(max * siteShare, (ip) => siteOf(ip) ?? ip);
    return async (request: FastifyRequest, reply: FastifyReply) => {
      await count(byNetwork, request, reply);
      if (siteOf(request.ip) !== null) await count(bySite, request, reply);
    };
  };
  const byPerson = (max: number) =>
    app.createRateLimit({
      max,
      timeWindow: minute,
      keyGenerator: (request) => callers.of(request)?.key ?? request.ip,
    });
  const byBrowser = (max: number) =>
    app.createRateLimit({
      max,
      timeWindow: minute,
      keyGenerator: (request) => `browser ${browserOf(request)}`,
    });
  const browsers = byBrowser(limits.persons);
  const files = byAddress(limits.files);
  const strangers = byAddress(limits.strangers);
  const persons = byPerson(limits.persons);
  const routeOf = routeFinder(routes);
  const atSignIn = (request: FastifyRequest) => {
    const browser = browserOf(request);
    return browser === null
      ? ({ by: "address", value: request.ip } as const)
      : ({ by: "browser", value: browser } as const);
  };
  const probing = (request: FastifyRequest) => {
    const caller = callers.of(request);
    return caller
      ? ({ by: "person", value: caller.key } as const)
      : ({ by: "address", value: request.ip } as const);
  };

  const countSignIn = async (request: FastifyRequest, reply: FastifyReply) => {
    const { by, value } = atSignIn(request);
    const add = async (counted: string, most: number) => {
      const tries = await sharedCount({ kind: "sign_in", by, value: counted, calls: 1 });
      if (tries.calls > most) tellToWait(reply, tries.secondsLeft);
    };
    await add(value, limits.signIns);
    const site = by === "address" ? siteOf(value) : null;
    if (site !== null) await add(site, limits.signIns * siteShare);
  };

  app.addHook("onRequest", async (request, reply) => {
    const route = routeOf(request);
    if (callers.of(request) !== null) await count(persons, request, reply);
    else if (browserOf(request) !== null) await count(browsers, request, reply);
    else await (isCall(request) ? strangers : files)(request, reply);
    if (route?.limit === "sign-in") await countSignIn(request, reply);
    if (route?.limit !== "probe") return;
    const probes = await sharedCount({ kind: "probe", ...probing(request), calls: 1 });
    if (probes.calls > limits.probes) tellToWait(reply, probes.secondsLeft);
    const refusals = await sharedCount({ kind: "refusal", ...probing(request), calls: 0 });
    if (refusals.calls >= limits.refusals) tellToWait(reply, refusals.secondsLeft);
  });
  // Before the answer leaves: whoever waits for it is counted by then.
  app.addHook("onSend", async (request, reply) => {
    if (routeOf(request)?.limit !== "probe" || !isRefused(request, reply)) return;
    callers.learn(request);
    await sharedCount({ kind: "refusal", ...probing(request), calls: 1 });
  });
  app.addHook("onResponse", async (request) => callers.learn(request));
}

async function count(limiter: Limiter, request: FastifyRequest, reply: FastifyReply) {
  const state = await limiter(request);
  if (!state.isAllowed && state.isExceeded) tellToWait(reply, state.ttlInSeconds);
}

function tellToWait(reply: FastifyReply, seconds: number): never {
  const wait = Math.max(1, seconds);
  reply.header("retry-after", wait);
  throw new Problem(
    429,
    "Too many requests",
    `There were too many requests within a minute. Wait ${formatQuantity(wait, "second")} and try again.`,
  );
}

/** HEAD is answered by the route of GET. */
function routeFinder(routes: readonly Route[]) {
  const byName = new Map(routes.map((route) => [`${route.method} ${route.url}`, route]));
  return ({ method, routeOptions }: FastifyRequest) =>
    byName.get(`${method === "HEAD" ? "GET" : method} ${routeOptions.url ?? ""}`);
}

/** By the route: the first line may write the same address with the name of the host before it. */
function isCall({ routeOptions: { url = "" } }: FastifyRequest): boolean {
  return url.startsWith("/api/");
}

export interface Caller {
  /** What their calls are counted under: the person, or in the demonstration the one browser. */
  readonly key: string;
  readonly role: Role;
}

export interface Callers {
  /** Who calls, as far as their cookie is known from an earlier request; null for a stranger. */
  readonly of: (request: FastifyRequest) => Caller | null;
  /** For the log: what the guard found out about this request, or what is known of its cookie. */
  readonly roleOf: (request: FastifyRequest) => Actor["role"];
  /** Keeps what the guard found out about this request for those that follow. */
  readonly learn: (request: FastifyRequest) => void;
}

/** Requests whose answer is no in words, under status 200. */
const refused = new WeakSet<FastifyRequest>();

export function markRefused(request: FastifyRequest): void {
  refused.add(request);
}

/** By status or in words; a call that was not even looked at (429) was not refused what it asked. */
function isRefused(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return refused.has(request) || (statusCode >= 400 && statusCode !== 429);
}
