import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Role } from "#core/role.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import type { Route } from "#server/http/route.ts";
import { networkOf, siteOf, siteShare } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

/** Calls a minute, far above normal use. By address: an IPv6 /48 has `siteShare` times as many. */
export interface Limits {
  /** By address: files of the page, and addresses that do not exist. */
  readonly files: number;
  /** By address: the public page, whoever is signed in in that browser. */
  readonly pages: number;
  /** By address: anonymous calls. */
  readonly strangers: number;
  /** By address or known browser: sign-in attempts. */
  readonly signIns: number;
  /** By person; by known browser while the session is unresolved. */
  readonly persons: number;
  /** By person: patrol changes and suggestions, which could probe for closed times. */
  readonly probes: number;
  /** By person: those among them that were refused. */
  readonly refusals: number;
}

export const usualLimits: Limits = {
  files: 3_000,
  pages: 1_200,
  strangers: 600,
  signIns: 100,
  persons: 3_000,
  probes: 120,
  refusals: 30,
};

const minute = 60_000;

/** Limits shared by all servers of a database: guessing passwords, probing keep-clear times. */
export type CallKind = "sign_in" | "probe" | "refusal";

/** Calls of the current minute, over all servers of the database. */
export type SharedCount = (given: {
  readonly kind: CallKind;
  readonly by: "address" | "browser" | "person";
  readonly value: string;
  /** 0 only reads. */
  readonly calls: 0 | 1;
}) => Promise<{ readonly calls: number; readonly secondsLeft: number }>;

export interface CallLimits {
  readonly limits: Limits;
  readonly sharedCount: SharedCount;
  /** Id of a known browser, which is limited apart from strangers at its address. */
  readonly browserOf: (request: FastifyRequest) => string | null;
}

/**
 * Counts calls before they cost anything; callers over the limit are told when to retry. Flood
 * protection of one server is counted in its memory; limits for all servers, in the database.
 */
export async function limitCalls(
  app: FastifyInstance,
  routes: readonly Route[],
  callers: Callers,
  { limits, sharedCount, browserOf }: CallLimits,
): Promise<void> {
  await app.register(rateLimit, { global: false });
  const limiter = (max: number, keyGenerator: (request: FastifyRequest) => string) => {
    const count = app.createRateLimit({ max, timeWindow: minute, keyGenerator });
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const state = await count(request);
      if (!state.isAllowed && state.isExceeded) tellToWait(reply, state.ttlInSeconds);
    };
  };
  const byAddress = (max: number) => {
    const byNetwork = limiter(max, ({ ip }) => networkOf(ip));
    const bySite = limiter(max * siteShare, ({ ip }) => siteOf(ip) ?? ip);
    return async (request: FastifyRequest, reply: FastifyReply) => {
      await byNetwork(request, reply);
      if (siteOf(request.ip) !== null) await bySite(request, reply);
    };
  };
  const browsers = limiter(limits.persons, (request) => `browser ${browserOf(request)}`);
  const files = byAddress(limits.files);
  const pages = byAddress(limits.pages);
  const strangers = byAddress(limits.strangers);
  const persons = limiter(limits.persons, (request) => callers.of(request)?.key ?? request.ip);
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
    if (isPublicPage(request)) return pages(request, reply);
    const route = routeOf(request);
    if (callers.of(request) !== null) await persons(request, reply);
    else if (browserOf(request) !== null) await browsers(request, reply);
    else if (request.routeOptions.url?.startsWith("/api/")) await strangers(request, reply);
    else await files(request, reply);
    if (route?.limit === "sign-in") await countSignIn(request, reply);
    if (route?.limit !== "probe") return;
    const probes = await sharedCount({ kind: "probe", ...probing(request), calls: 1 });
    if (probes.calls > limits.probes) tellToWait(reply, probes.secondsLeft);
    const refusals = await sharedCount({ kind: "refusal", ...probing(request), calls: 0 });
    if (refusals.calls >= limits.refusals) tellToWait(reply, refusals.secondsLeft);
  });
  // Before the answer is sent, so that a caller waiting for it has been counted.
  app.addHook("onSend", async (request, reply) => {
    if (routeOf(request)?.limit !== "probe" || !isRefused(request, reply)) return;
    callers.learn(request);
    await sharedCount({ kind: "refusal", ...probing(request), calls: 1 });
  });
  app.addHook("onResponse", async (request) => {
    if (!isPublicPage(request)) callers.learn(request);
  });
}

/** Which reads no cookie, and of whose readers nothing is kept. */
export function isPublicPage({ routeOptions: { url = "" } }: FastifyRequest): boolean {
  return url === "/public" || url.startsWith("/public/");
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

/** HEAD uses GET's route. */
function routeFinder(routes: readonly Route[]) {
  const byName = new Map(routes.map((route) => [`${route.method} ${route.url}`, route]));
  return ({ method, routeOptions }: FastifyRequest) =>
    byName.get(`${method === "HEAD" ? "GET" : method} ${routeOptions.url ?? ""}`);
}

export interface Caller {
  readonly key: string;
  readonly role: Role;
}

export interface Callers {
  /** By cookie, as learnt from earlier requests; null for a stranger. */
  readonly of: (request: FastifyRequest) => Caller | null;
  readonly roleOf: (request: FastifyRequest) => Actor["role"];
  readonly learn: (request: FastifyRequest) => void;
}

/** Refusals sent with status 200. */
const refused = new WeakSet<FastifyRequest>();

export function markRefused(request: FastifyRequest): void {
  refused.add(request);
}

/** By status or in words; a rate-limited call (429) was never judged. */
function isRefused(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return refused.has(request) || (statusCode >= 400 && statusCode !== 429);
}
