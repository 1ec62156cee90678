import type { ServerOptions } from "node:http";
import type { FastifyInstance, FastifyServerOptions } from "fastify";
import type { Route } from "#server/http/route.ts";
import { bareHeaders } from "#server/http/security-headers.ts";
import { Problem } from "#server/problem.ts";

/** Timeouts against slow callers (slowloris). */
export interface Patience {
  readonly headersMs: number;
  readonly handshakeMs: number;
  readonly bodyMs: number;
  /** Without reading any of a waiting reply. */
  readonly unreadMs: number;
  /** Interval of checks for late headers and stalled readers. */
  readonly lookMs: number;
}
export const usualPatience: Patience = {
  headersMs: 10_000,
  handshakeMs: 10_000,
  bodyMs: 20_000,
  unreadMs: 15_000,
  lookMs: 2_000,
};

/** A whole upload; a slower line has to send a smaller file. */
const requestMs = 30 * 60_000;
/** For the final message to a caller who may not be reading. */
const farewellMs = 1_000;
/** Routes with larger limits take files. */
const largestSmallBody = 4 * 1024 * 1024;

export function httpOptions({ headersMs, lookMs }: Patience): ServerOptions {
  return {
    headersTimeout: headersMs,
    connectionsCheckingInterval: lookMs,
    maxHeaderSize: 16 * 1024,
  };
}

export const slowCallerOptions = {
  requestTimeout: requestMs,
  clientErrorHandler: (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const { status, title, detail } = problemOf(error.code);
    const body = JSON.stringify({ type: "about:blank", title, status, detail });
    const head = Object.entries({
      ...bareHeaders,
      "content-type": "application/problem+json",
      "content-length": Buffer.byteLength(body),
      connection: "close",
    }).map(([name, value]) => `${name}: ${value}`);
    // With `end` alone it would stay half open for as long as the peer likes.
    socket.end(`HTTP/1.1 ${status} ${title}\r\n${head.join("\r\n")}\r\n\r\n${body}`, () =>
      socket.destroy(),
    );
    setTimeout(() => socket.destroy(), farewellMs).unref();
  },
} satisfies FastifyServerOptions;

/** Not a valid request: no route, and no hook has run. */
function problemOf(code: string): Problem {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new Problem(408, "Too slow", "The request did not arrive in time. Send it again.");
    case "HPE_HEADER_OVERFLOW":
      return new Problem(431, "Too large", "The headers of the request are too large.");
    default:
      return new Problem(400, "Request not valid", "The request could not be read.");
  }
}

/** Small bodies are there at once; only files may take their time. */
export function refuseSlowCallers(
  app: FastifyInstance,
  routes: readonly Route[],
  { bodyMs }: Patience,
): void {
  const uploads = new Set(
    routes.filter(({ bodyLimit = 0 }) => bodyLimit > largestSmallBody).map(({ url }) => url),
  );
  app.addHook("preParsing", async (request, reply, payload) => {
    const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
    const hasBody = encoding !== undefined || length !== "0";
    if (!hasBody || uploads.has(request.routeOptions.url ?? "")) return payload;
    const timer = setTimeout(() => {
      if (reply.sent) return;
      reply.header("connection", "close");
      reply.send(problemOf("ERR_HTTP_REQUEST_TIMEOUT"));
    }, bodyMs);
    const stop = () => clearTimeout(timer);
    payload.once("end", stop).once("close", stop).once("error", stop);
    return payload;
  });
}
