import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** No browser sends requests ahead on one connection, and no proxy; a program that does may send so many. */
export const mostAhead = 10;

type Waiting = readonly [IncomingMessage, ServerResponse];

/**
 * One request under way for each connection (HTTP/1.1 lets callers send others ahead): the next is begun once the last
 * answer has left this process, and meanwhile nothing more is read. Whoever sends far ahead without reading is cut off.
 * Called once all else listens to the server.
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

/** Node ends each request that was sent ahead with an error of its own: hundreds of traces that nobody reads. */
function leaveOutTraces(socket: Socket): void {
  const { stackTraceLimit } = Error;
  socket.prependOnceListener("close", () => {
    Error.stackTraceLimit = 0;
  });
  socket.once("close", () => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
