import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { Problem } from "#server/problem.ts";

const graceMs = 10_000;
const sweepMs = 100;

/**
 * The end of the server: no new connection, requests that are under way finish, and what is not
 * done after ten seconds is cut off; its transaction is rolled back. A connection that asks nothing,
 * as browsers keep some open in advance, is waited for by nobody.
 */
export function stopGracefully(app: FastifyInstance): void {
  let isStopping = false;
  const { open, endUnused, endAll } = watchConnections(app);
  app.addHook("onRequest", async (_request, reply) => {
    if (!isStopping) return;
    reply.header("connection", "close").header("retry-after", 10);
    throw new Problem(503, "The server is stopping", "Try again in a minute.");
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isStopping) reply.header("connection", "close");
  });
  app.addHook("preClose", async () => {
    isStopping = true;
    endUnused();
    // A connection whose answer had begun stays open after it, unless it is ended here.
    const sweep = setInterval(() => {
      endUnused();
      if (open.size === 0) clearInterval(sweep);
    }, sweepMs).unref();
    const end = setTimeout(endAll, graceMs).unref();
    app.server.once("close", () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}

/** Every connection by its port on the other side, also while TLS is still being agreed, and which of them ask. */
function watchConnections({ server }: FastifyInstance) {
  const open = new Set<Socket>();
  const asking = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const caller = callerOf(socket);
    asking.set(caller, (asking.get(caller) ?? 0) + 1);
    response.once("close", () => {
      const left = (asking.get(caller) ?? 1) - 1;
      if (left > 0) asking.set(caller, left);
      else asking.delete(caller);
    });
  });
  const endWhere = (isDone: (socket: Socket) => boolean) => {
    for (const socket of open) if (isDone(socket)) socket.destroy();
  };
  return {
    open,
    endUnused: () =>
      endWhere((socket) => !asking.has(callerOf(socket)) && socket.writableLength === 0),
    endAll: () => endWhere(() => true),
  };
}

function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
