import type { FastifyRequest } from "fastify";
import { DatabaseError } from "#server/db/database.ts";

/** One line for a fault of ours; its caller reads only that it was logged. */
export function logFault(request: FastifyRequest, error: unknown): void {
  request.log.error({ code: codeOf(error), route: request.routeOptions.url }, messageOf(error));
}

function codeOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** Database messages can quote a row: the log gets the code and constraint alone. */
function messageOf(error: unknown): string {
  if (error instanceof DatabaseError) return `database error ${error.constraint ?? error.code}`;
  return error instanceof Error ? error.message : "unknown error";
}
