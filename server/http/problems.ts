import type { FastifyError, FastifyInstance } from "fastify";
import { DatabaseError } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { logFault } from "#server/http/fault-log.ts";
import { Problem } from "#server/problem.ts";

/** Every error leaves as RFC 9457 problem details, in words, without a stack. */
export function sendProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) logFault(request, error);
    return reply.code(problem.status).type("application/problem+json").send(bodyOf(problem));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type("application/problem+json")
      .send(bodyOf(new Problem(404, "Not found", "There is nothing at this address."))),
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError) return problemFromDatabase(error);
  const { statusCode, code } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new Problem(413, "Too large", "The request is larger than this address accepts.");
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, "Not understood", "The request could not be read.");
  }
  return new Problem(500, "Something went wrong", "Nothing was saved. The fault has been logged.");
}

function bodyOf(problem: Problem) {
  return {
    type: "about:blank",
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
}
