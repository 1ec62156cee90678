import { randomInt } from "node:crypto";
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import { DatabaseError } from "#server/db/database.ts";
import type { Callers } from "#server/http/limits.ts";

type LogOptions = Required<Pick<FastifyServerOptions, "logger" | "logController" | "genReqId">>;

/**
 * One JSON line each, for faults and for requests. A request's line has its route as it is written
 * in the code, so no id, no place and no search term of the address; the role, and no person; of a call that
 * was turned away the address that it came from. The audit chain knows who did what.
 */
export function loggerOptions(write: ((line: string) => void) | undefined): LogOptions {
  return {
    logger: write
      ? {
          level: "info",
          base: null,
          timestamp: () => `,"time":"${new Date().toISOString()}"`,
          formatters: { level: (label: string) => ({ level: label }) },
          serializers: { req: () => ({}), res: () => ({}), err: nameOfError },
          stream: { write },
        }
      : false,
    // Its own lines name the address: ours are written below.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "id" }),
    genReqId: newRequestId,
  };
}

/** Without letters and digits that are taken for each other when somebody reads it out. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** The number of a request: in the reply, in each problem, and in the log. Never the caller's own. */
export function newRequestId(): string {
  return Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join("");
}

const turnedAway = new Set([400, 401, 403, 408, 421, 429, 431]);

/** What an outreach worker's phone asks for, also when its session has ended and its role is not known. */
const ofOutreachWorkers = /^\/api\/(session\/pin$|outreach\b)/;

export function logRequests(app: FastifyInstance, callers: Callers): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "(none)";
    const role = callers.roleOf(request);
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      role,
      // Whoever is turned away can be traced; where outreach workers and people who are let in are is nobody's business.
      ...(turnedAway.has(reply.statusCode) && role !== "partner" && !ofOutreachWorkers.test(route)
        ? { from: request.ip }
        : {}),
    });
  });
}

/** Messages and stacks of the framework can quote what was sent. */
function nameOfError({ name, code }: FastifyError) {
  return { type: `${name} ${code}`, message: "", stack: "" };
}

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
