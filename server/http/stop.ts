import type { FastifyInstance } from "fastify";
import { Problem } from "#server/problem.ts";

const graceMs = 10_000;

/**
 * The end of the server: no new connection, requests that are under way finish, and what is not
 * done after ten seconds is cut off; its transaction is rolled back.
 */
export function stopGracefully(app: FastifyInstance): void {
  let isStopping = false;
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
    const { server } = app;
    // A connection whose answer had begun stays open after it, unless it is ended here.
    const sweep = setInterval(() => server.closeIdleConnections(), 100).unref();
    const end = setTimeout(() => server.closeAllConnections(), graceMs).unref();
    server.once("close", () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}
