import type { FastifyReply, FastifyRequest } from "fastify";

/** Requests whose answer is no in words, under status 200. */
const refused = new WeakSet<FastifyRequest>();

export function markRefused(request: FastifyRequest): void {
  refused.add(request);
}

/** By status or in words; a call that was not even looked at (429) was not refused what it asked. */
export function isRefused(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return refused.has(request) || (statusCode >= 400 && statusCode !== 429);
}
