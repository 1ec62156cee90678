import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { logFault } from "#server/http/request-log.ts";
import { bareHeaders } from "#server/http/security-headers.ts";
import { Problem } from "#server/problem.ts";

/** Every error leaves as RFC 9457 problem details, in words, without a stack. */
export function sendProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) logFault(request, error);
    return send(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    send(new Problem(404, "Not found", "Nothing found at this address."), request, reply),
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError) return problemFromDatabase(error);
  const { statusCode, code } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new Problem(413, "Too large", "The request is too large.");
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, "Request not valid", "The request could not be read.");
  }
  return new Problem(500, "Something went wrong", "Nothing was saved. The error has been logged.");
}

/** An address that cannot be read has no route: none of the hooks has run. */
export function sendUnreadableAddress(
  _error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers({ ...bareHeaders, "x-request-id": request.id });
  send(new Problem(400, "Request not valid", "The address is not valid."), request, reply);
}

/** `instance` is the request number to quote from the log. */
function send(
  { type, title, status, detail, errors }: Problem,
  { id }: FastifyRequest,
  reply: FastifyReply,
) {
  const body = { type, title, status, detail, instance: `/requests/${id}` };
  return reply
    .code(status)
    .type("application/problem+json")
    .send({ ...body, ...(errors.length > 0 ? { errors } : {}) });
}
