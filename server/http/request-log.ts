import { randomInt } from "node:crypto";
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from "fastify";
import { DatabaseError } from "#server/db/database.ts";
import { type Callers, isPublicPage } from "#server/http/limits.ts";

type LogOptions = Required<Pick<FastifyServerOptions, "logger" | "logController" | "genReqId">>;

/**
 * One JSON line for each fault and request. A request's line has its route pattern, so no id, place
 * or search term; the role, but no person; and for a rejected call its address. Who did what is in
 * the audit chain.
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

/** Without characters that are easily confused when read aloud. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** Used in the reply, in problems and the log; never taken from the caller. */
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
    const isPublic = isPublicPage(request);
    const role = isPublic ? "nobody" : callers.roleOf(request);
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      role,
      // Rejected callers can be traced; locations of outreach workers and of admitted people must
      // not be logged, nor those of residents.
      ...(turnedAway.has(reply.statusCode) &&
      role !== "partner" &&
      !isPublic &&
      !ofOutreachWorkers.test(route)
        ? { from: request.ip }
        : {}),
    });
  });
}

/** Messages and stacks of the framework can quote what was sent. */
function nameOfError({ name, code }: FastifyError) {
  return { type: `${name} ${code}`, message: "", stack: "" };
}

export function logFault(request: FastifyRequest, error: unknown): void {
  request.log.error({ code: codeOf(error), route: request.routeOptions.url }, messageOf(error));
}

function codeOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** Code and constraint only: database messages can quote a row. */
function messageOf(error: unknown): string {
  if (error instanceof DatabaseError) return `database error ${error.constraint ?? error.code}`;
  return error instanceof Error ? error.message : "unknown error";
}
