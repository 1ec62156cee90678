import type { FastifyReply, FastifyRequest } from "fastify";
import { leftMark, secureLeftMark } from "#core/accounts/left-mark.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import type { Config } from "#server/config.ts";

type Secure = Pick<Config, "secure">;

interface Cookie {
  readonly nameOf: (config: Secure) => string;
  readonly read: (config: Secure, request: FastifyRequest) => string | null;
  readonly set: (config: Secure, reply: FastifyReply, value: string) => void;
  readonly clear: (config: Secure, reply: FastifyReply) => void;
}

/**
 * A cookie that no script reads. The prefix binds it to this host, to https and to the whole path: browsers enforce it.
 * Without `keptMs` it is gone as the browser closes.
 */
function cookie(
  prefixed: `__Host-${string}`,
  plain: string,
  {
    keptMs,
    sameSite = "strict",
  }: { readonly keptMs?: number; readonly sameSite?: "strict" | "lax" } = {},
): Cookie {
  const nameOf = ({ secure }: Secure) => (secure ? prefixed : plain);
  const attributes = ({ secure }: Secure) => ({ httpOnly: true, sameSite, path: "/", secure });
  const age = keptMs === undefined ? {} : { maxAge: keptMs / 1000 };
  return {
    nameOf,
    read: (config, request) => request.cookies[nameOf(config)] || null,
    set: (config, reply, value) => {
      reply.setCookie(nameOf(config), value, { ...attributes(config), ...age });
    },
    clear: (config, reply) => {
      reply.clearCookie(nameOf(config), attributes(config));
    },
  };
}

/** Until the browser closes: how long the session lives is the server's to say. */
export const sessionCookie = cookie("__Host-boxster", "boxster_session");

/** A phone that nobody used for so long is forgotten. */
export const deviceUnusedMs = 90 * dayMs;
/**
 * It stays for as long as browsers keep one: it opens nothing then, but the page stays a plain one. It says nothing about what
 * it opens, for it stays on the phone.
 */
export const { read: readDeviceCookie, set: setDeviceCookie } = cookie("__Host-phone", "phone", {
  keptMs: 400 * dayMs,
});

export const browserCookie = cookie("__Host-browser", "browser", { keptMs: 90 * dayMs });

/** So long the second step waits after the password. */
export const secondStepMs = 5 * minuteMs;
export const stepCookie = cookie("__Host-second-step", "second_step", { keptMs: secondStepMs });

export const challengeMs = 5 * minuteMs;
export const challengeCookie = cookie("__Host-challenge", "challenge", { keptMs: challengeMs });

/**
 * Lax, for this step alone: the provider is another site, and a strict cookie does not come along
 * when it sends the browser back.
 */
export const flowCookie = cookie("__Host-boxster-flow", "boxster_flow", {
  keptMs: 10 * minuteMs,
  sameSite: "lax",
});

/** Whether somebody left in this browser, and the server may not have heard of it. */
export function hasLeft(config: Secure, request: FastifyRequest): boolean {
  return leftMarksOf(config).some((name) => request.cookies[name] !== undefined);
}

/** What came with this request and nothing else: a mark that was set since stands for another leaving. */
export function clearLeftMark(
  config: Secure,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  for (const name of leftMarksOf(config)) {
    if (request.cookies[name] === undefined) continue;
    reply.clearCookie(name, { path: "/", secure: name === secureLeftMark });
  }
}

/** A page over TLS whose server does not know of that writes the secure one. */
function leftMarksOf({ secure }: Secure): readonly string[] {
  return secure ? [secureLeftMark] : [leftMark, secureLeftMark];
}
