import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OidcFlow } from "#server/accounts/oidc.ts";
import type { Config } from "#server/config.ts";

const minutes = 10;

const kept = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  before: z.string().nullable(),
});

/**
 * Lax, for this step alone: the provider is another site, and a strict cookie does not come along
 * when it sends the browser back.
 */
export function setFlowCookie(config: Config, reply: FastifyReply, flow: OidcFlow): void {
  const value = Buffer.from(JSON.stringify(flow)).toString("base64url");
  reply.setCookie(nameOf(config), value, { ...attributes(config), maxAge: minutes * 60 });
}

/** Once: whatever comes of it, it is cleared. */
export function takeFlowCookie(
  config: Config,
  request: FastifyRequest,
  reply: FastifyReply,
): OidcFlow | null {
  const value = request.cookies[nameOf(config)];
  if (!value) return null;
  reply.clearCookie(nameOf(config), attributes(config));
  try {
    return kept.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

function nameOf({ secure }: Config): string {
  return secure ? "__Host-boxster-flow" : "boxster_flow";
}

function attributes({ secure }: Config) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}
