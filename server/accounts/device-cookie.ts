import type { FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "#server/config.ts";

/** A phone that nobody used for so long is forgotten. */
export const deviceUnusedMs = 90 * 24 * 3_600_000;

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
  const maxAge = deviceUnusedMs / 1000;
  reply.setCookie(deviceCookieName(config), token, { ...attributes(config), maxAge });
}

function attributes({ secure }: Pick<Config, "secure">) {
  return { httpOnly: true, sameSite: "strict", path: "/", secure } as const;
}
