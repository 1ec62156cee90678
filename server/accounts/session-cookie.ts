import type { FastifyReply, FastifyRequest } from "fastify";
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
  reply.setCookie(sessionCookieName(config), token, attributes(config));
}

export function clearSessionCookie(config: Pick<Config, "secure">, reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName(config), attributes(config));
}

function attributes({ secure }: Pick<Config, "secure">) {
  return { httpOnly: true, sameSite: "strict", path: "/", secure } as const;
}
