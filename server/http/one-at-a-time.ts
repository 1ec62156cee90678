import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Browsers and proxies do not pipeline; other programs may send this many ahead. */
export const mostAhead = 10;

type Waiting = readonly [IncomingMessage, ServerResponse];

/**
 * One active request per connection (HTTP/1.1 allows pipelining): the next begins once the last
 * answer has left this process, and meanwhile nothing more is read. A caller who sends far ahead
 * without reading is cut off. Call after all other listeners are attached.
 */
export function answerOneAtATime(server: Server): void {
  const listeners = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  const linesOf = new WeakMap<Socket, Waiting[]>();
  const begin = (socket: Socket, [request, response]: Waiting) => {
    response.once("close", () => {
      const line = linesOf.get(socket) ?? [];
      const next = line.shift();
      if (line.length === 0) socket.resume();
      if (next === undefined || socket.destroyed) linesOf.delete(socket);
      else begin(socket, next);
    });
    for (const listener of listeners) listener(request, response);
  };
  server.on("request", (request, response) => {
    const { socket } = request;
    const line = linesOf.get(socket);
    if (line === undefined) {
      linesOf.set(socket, []);
      begin(socket, [request, response]);
    } else if (line.length < mostAhead) {
      line.push([request, response]);
      socket.pause();
    } else if (!socket.destroyed) {
      leaveOutTraces(socket);
      socket.destroy();
    }
  });
}

/** Node raises an error for each pipelined request; this drops their stack traces. */
function leaveOutTraces(socket: Socket): void {
  const { stackTraceLimit } = Error;
  socket.prependOnceListener("close", () => {
    Error.stackTraceLimit = 0;
  });
  socket.once("close", () => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
