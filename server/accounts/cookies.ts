import type { FastifyReply, FastifyRequest } from "fastify";
import { leftMark, secureLeftMark } from "#core/accounts/left-mark.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import type { Config } from "#server/config.ts";

type Secure = Pick<Config, "secure">;

/**
 * A cookie that scripts cannot read. Browsers enforce the prefix: this host, https and the whole
 * path. Without `keptMs` it ends when the browser closes.
 */
function cookie(
  prefixed: `__Host-${string}`,
  plain: string,
  {
    keptMs,
    sameSite = "strict",
  }: { readonly keptMs?: number; readonly sameSite?: "strict" | "lax" } = {},
) {
  const nameOf = ({ secure }: Secure) => (secure ? prefixed : plain);
  const attributes = ({ secure }: Secure) => ({ httpOnly: true, sameSite, path: "/", secure });
  const age = keptMs === undefined ? {} : { maxAge: keptMs / 1000 };
  return {
    nameOf,
    read: (config: Secure, request: FastifyRequest) => request.cookies[nameOf(config)] || null,
    set: (config: Secure, reply: FastifyReply, value: string) => {
      reply.setCookie(nameOf(config), value, { ...attributes(config), ...age });
    },
    clear: (config: Secure, reply: FastifyReply) => {
      reply.clearCookie(nameOf(config), attributes(config));
    },
  };
}

/** Until the browser closes; the server decides how long the session lasts. */
export const sessionCookie = cookie("__Host-boxster", "boxster_session");

/** An unused phone is forgotten after this. */
export const deviceUnusedMs = 90 * dayMs;
/**
 * Kept for as long as browsers allow: it opens nothing by then, but the page stays plain. It does
 * not reveal what it opens, since it stays on the phone.
 */
export const { read: readDeviceCookie, set: setDeviceCookie } = cookie("__Host-phone", "phone", {
  keptMs: 400 * dayMs,
});

export const browserCookie = cookie("__Host-browser", "browser", { keptMs: 90 * dayMs });

/** Names this browser's row of `push_subscription`. */
export const pushCookie = cookie("__Host-push", "push", { keptMs: 400 * dayMs });

export const secondStepMs = 5 * minuteMs;
export const stepCookie = cookie("__Host-second-step", "second_step", { keptMs: secondStepMs });

export const challengeMs = 5 * minuteMs;
export const challengeCookie = cookie("__Host-challenge", "challenge", { keptMs: challengeMs });

/**
 * Lax, for this step only: the provider is another site, and a strict cookie is not sent on its
 * redirect back.
 */
export const flowCookie = cookie("__Host-boxster-flow", "boxster_flow", {
  keptMs: 10 * minuteMs,
  sameSite: "lax",
});

/** Somebody signed out in this browser, perhaps while the server was unreachable. */
export function hasLeft(config: Secure, request: FastifyRequest): boolean {
  return leftMarksOf(config).some((name) => request.cookies[name] !== undefined);
}

/** Only the mark sent with this request: one set since belongs to a later sign-out. */
export function clearLeftMark(
  config: Secure,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  for (const name of leftMarksOf(config)) {
    if (request.cookies[name] === undefined) continue;
    reply.clearCookie(name, { path: "/", secure: name === secureLeftMark });
  }
}

/** Both names: a page over TLS may write the secure one though the server is set up without. */
function leftMarksOf({ secure }: Secure): readonly string[] {
  return secure ? [secureLeftMark] : [leftMark, secureLeftMark];
}
