import { createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { isFresh } from "#core/accounts/second-factor.ts";
import {
  freshProofType,
  pageTokenHeader,
  secondFactorType,
  stalePageTitle,
} from "#core/text/problem-types.ts";
import { hasLeft, sessionCookie } from "#server/accounts/cookies.ts";
import { type Caller, type Session, sessionOfToken, signOut } from "#server/accounts/sessions.ts";
import type { Services } from "#server/acts/services.ts";
import type { Database } from "#server/db/database.ts";
import type { RequestContext, Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const sessions = new WeakMap<FastifyRequest, Session>();

/**
 * Identifies the caller before any of the body is read. A browser with the left mark is signed out,
 * even if the server first hears of it now.
 */
export async function identify(
  { db, config }: Pick<Services, "db" | "config">,
  request: FastifyRequest,
  { askedInCrowds }: Pick<Route, "askedInCrowds"> = {},
): Promise<Session | null> {
  const token = sessionCookie.read(config, request);
  const ask = askedInCrowds ? askTogether : sessionOfToken;
  const session = token === null ? null : await ask(db, token, Date.now());
  if (session && hasLeft(config, request)) {
    await signOut(db, session);
    return null;
  }
  if (session) sessions.set(request, session);
  return session;
}

const underWay = new WeakMap<Database, Map<string, Promise<Session | null>>>();

/** Shares a pending look-up of the same session; at most milliseconds old. */
function askTogether(db: Database, token: string, now: number): Promise<Session | null> {
  const asked = underWay.get(db) ?? new Map<string, Promise<Session | null>>();
  underWay.set(db, asked);
  const known = asked.get(token);
  if (known) return known;
  const answer = sessionOfToken(db, token, now).finally(() => asked.delete(token));
  asked.set(token, answer);
  return answer;
}

/** Null for a stranger. */
export function sessionOf(request: FastifyRequest): Session | null {
  return sessions.get(request) ?? null;
}

export function callerOf({ request, reply }: RequestContext): Caller {
  return {
    address: request.ip,
    device: deviceOf(request.headers["user-agent"]),
    before: sessionOf(request)?.id ?? null,
    onWait: (seconds) => {
      reply.header("retry-after", String(seconds));
    },
  };
}

/** "Chrome on Windows": enough to recognise one's browsers; nothing more is stored. */
export function deviceOf(userAgent: string | undefined): string | null {
  const find = (words: typeof browsers) =>
    words.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  if (!browser) return null;
  return system ? `${browser} on ${system}` : browser;
}

export function refuseUnlessAllowed(
  route: Pick<Route, "audience" | "fresh" | "whileSettingUp">,
  session: Session | null,
): void {
  const { audience } = route;
  if (audience === "public") return;
  if (!session) {
    throw new Problem(401, "Not signed in", "Sign in. Your session may have ended.");
  }
  if (session.isLocked) {
    throw new Problem(423, "The screen is locked", "Unlock it to continue.");
  }
  const { role } = session.actor;
  if (audience !== "signed-in" && !audience.some((allowed) => allowed === role)) {
    throw new Problem(403, "Not allowed for this role", "Your role cannot do this.");
  }
  if (session.needsSecondFactor && !route.whileSettingUp) {
    const detail = "Your role needs one. Reload the page to set it up.";
    throw new Problem(403, "Set up a second factor first", detail, [], secondFactorType);
  }
  if (route.fresh) refuseUnlessFresh(session);
}

/** CSRF: another site must not act with this browser's cookie. */
export function refuseForeignPage(request: FastifyRequest, session: Session | null): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") throw foreignOrigin();
  if (origin !== undefined && URL.parse(origin)?.host !== host) throw foreignOrigin();
  // Only browsers send these headers; a script with its own cookie is not a page.
  const isFromBrowser = origin !== undefined || site !== undefined;
  if (!session || !isFromBrowser) return;
  if (isPageTokenOf(session.token, request.headers[pageTokenHeader])) return;
  const detail =
    "Someone signed in or out in this browser after the page was opened. Nothing was changed. Reload the page.";
  throw new Problem(403, stalePageTitle, detail);
}

function foreignOrigin(): Problem {
  const detail = "This request did not come from Boxster's own page.";
  return new Problem(403, "Request from another site", detail);
}

/**
 * Tied to the session and derived from its token, so that nothing more is stored: another site's
 * page can make a browser send the cookie, but never read this.
 */
export function pageTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("boxster page token").digest("base64url");
}

export function isPageTokenOf(sessionToken: string, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const expected = Buffer.from(pageTokenOf(sessionToken));
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}

/** Throws unless the last proof is recent; the page then asks and repeats. Demo roles have none. */
export function refuseUnlessFresh(session: Pick<Session, "accountId" | "freshAt"> | null): void {
  if (!session || session.accountId === null || isFresh(session.freshAt, Date.now())) return;
  const detail = "Nothing was changed. Confirm your identity first. It lasts five minutes.";
  throw new Problem(403, "Confirm it is you", detail, [], freshProofType);
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad)\b/, "an iPhone or iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "a Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];
