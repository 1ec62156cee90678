import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { leftMark, secureLeftMark } from "#core/accounts/left-mark.ts";
import type { OidcFlow } from "#server/accounts/oidc.ts";
import type { Config } from "#server/config.ts";

/** The prefix binds the cookie to this host, to https and to the whole path: browsers enforce it. */
export function sessionCookieName({ secure }: Pick<Config, "secure">): string {
  return secure ? "__Host-boxster" : "boxster_session";
}

export function readSessionCookie(
  config: Pick<Config, "secure">,
  request: FastifyRequest,
): string | null {
  return request.cookies[sessionCookieName(config)] || null;
}

/** Until the browser closes: how long the session lives is the server's to say. */
export function setSessionCookie(
  config: Pick<Config, "secure">,
  reply: FastifyReply,
  token: string,
): void {
  reply.setCookie(sessionCookieName(config), token, cookieAttributes(config));
}

export function clearSessionCookie(config: Pick<Config, "secure">, reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName(config), cookieAttributes(config));
}

/** Whether somebody left in this browser, and the server may not have heard of it. */
export function hasLeft(config: Pick<Config, "secure">, request: FastifyRequest): boolean {
  return leftMarksOf(config).some((name) => request.cookies[name] !== undefined);
}

/** What came with this request and nothing else: a mark that was set since stands for another leaving. */
export function clearLeftMark(
  config: Pick<Config, "secure">,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  for (const name of leftMarksOf(config)) {
    if (request.cookies[name] === undefined) continue;
    reply.clearCookie(name, { path: "/", secure: name === secureLeftMark });
  }
}

/** A page over TLS whose server does not know of that writes the secure one. */
function leftMarksOf({ secure }: Pick<Config, "secure">): readonly string[] {
  return secure ? [secureLeftMark] : [leftMark, secureLeftMark];
}

/** A phone that nobody used for so long is forgotten. */
export const deviceUnusedMs = 90 * 24 * 3_600_000;
/** Its cookie stays for as long as browsers keep one: it opens nothing then, but the page stays a plain one. */
const deviceKnownMs = 400 * 24 * 3_600_000;

/** Says nothing about what it opens: it stays on the phone. */
function deviceCookieName({ secure }: Pick<Config, "secure">): string {
  return secure ? "__Host-phone" : "phone";
}

export function readDeviceCookie(
  config: Pick<Config, "secure">,
  request: FastifyRequest,
): string | null {
  return request.cookies[deviceCookieName(config)] || null;
}

export function setDeviceCookie(
  config: Pick<Config, "secure">,
  reply: FastifyReply,
  token: string,
): void {
  const maxAge = deviceKnownMs / 1000;
  reply.setCookie(deviceCookieName(config), token, { ...cookieAttributes(config), maxAge });
}

/**
 * Lax, for this step alone: the provider is another site, and a strict cookie does not come along
 * when it sends the browser back.
 */
export function setFlowCookie(config: Config, reply: FastifyReply, flow: OidcFlow): void {
  const value = Buffer.from(JSON.stringify(flow)).toString("base64url");
  const maxAge = flowMinutes * 60;
  reply.setCookie(flowCookieName(config), value, { ...flowAttributes(config), maxAge });
}

/** Once: whatever comes of it, it is cleared. */
export function takeFlowCookie(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
): OidcFlow | null {
  const value = request.cookies[flowCookieName(config)];
  if (!value) return null;
  reply.clearCookie(flowCookieName(config), flowAttributes(config));
  try {
    return keptFlow.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

function flowCookieName({ secure }: Config): string {
  return secure ? "__Host-boxster-flow" : "boxster_flow";
}

function flowAttributes(config: Config) {
  return { ...cookieAttributes(config), sameSite: "lax" } as const;
}

/** What every cookie of an account has: no script reads it, and no other site sends it along. */
export function cookieAttributes({ secure }: Pick<Config, "secure">) {
  return { httpOnly: true, sameSite: "strict", path: "/", secure } as const;
}

const flowMinutes = 10;

const keptFlow = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  before: z.string().nullable(),
});
