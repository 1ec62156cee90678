import type { FastifyInstance } from "fastify";
import type { Connections } from "#server/http/connections.ts";
import { Problem } from "#server/problem.ts";

const graceMs = 10_000;
const sweepMs = 100;

/**
 * The end of the server: no new connection, requests that are under way finish, and what is not
 * done after ten seconds is cut off; its transaction is rolled back. A connection that asks nothing,
 * as browsers keep some open in advance, is waited for by nobody.
 */
export function stopGracefully(app: FastifyInstance, connections: Connections): void {
  let isStopping = false;
  const { count, endUnused, endAll } = connections;
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
      if (count() === 0) clearInterval(sweep);
    }, sweepMs).unref();
    const end = setTimeout(endAll, graceMs).unref();
    app.server.once("close", () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}
