import type { LightMyRequestResponse } from "fastify";

/** What a refusal says, without the number of the one request it answers. */
export function wordsOf(reply: LightMyRequestResponse): Record<string, unknown> {
  const { instance: _, ...words } = reply.json<Record<string, unknown>>();
  return words;
}
